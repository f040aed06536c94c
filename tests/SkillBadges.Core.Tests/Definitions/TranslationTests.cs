using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Definitions.Lint;
using SkillBadges.Core.Tests.Definitions.CoAuthoring;

namespace SkillBadges.Core.Tests.Definitions;

/// <summary>A badge in other languages, from its file to what it means for sign-offs.</summary>
public sealed class TranslationTests
{
    [Theory]
    [InlineData("\"language\": \"es\"", "\"language\": \"ES\"", "definition.bad-language")]
    [InlineData("{ \"id\": \"filing\", \"name\": \"Limado\"", "{ \"id\": \"carving\", \"name\": \"Limado\"", "definition.translation-differs")]
    [InlineData("\"advanced\": \"Lima un perfil a ojo.\"", "\"expert\": \"Lima un perfil a ojo.\"", "definition.translation-differs")]
    [InlineData("\"id\": \"film\", \"label\"", "\"id\": \"sheet\", \"label\"", "definition.translation-differs")]
    [InlineData("{ \"code\": \"beginning\", \"label\"", "{ \"code\": \"novice\", \"label\"", "definition.translation-differs")]
    [InlineData("\"id\": \"gauge-study\", \"title\": \"Estudio", "\"id\": \"other-study\", \"title\": \"Estudio", "definition.translation-differs")]
    [InlineData("[{ \"title\": \"Una hoja\"", "[{ \"title\": \"Otra\", \"description\": \"Una hoja que no hay.\" }, { \"title\": \"Una hoja\"", "definition.translation-differs")]
    [InlineData("\"language\": \"es\"", "\"language\": \"es\", \"writtenFor\": \"0123456789AB\"", "definition-file.bad-value")]
    [InlineData("Haga la pieza.", "Haga <b>la</b> pieza.", "definition.bad-markdown")]
    [InlineData("Trabajo de banco", "Trabajo de\\u202e banco", "definition-file.bad-text")]
    public void A_translation_says_what_the_badge_says_and_nothing_else(string old, string now, string code)
    {
        Assert.Empty(Faults(BadgeFiles.Translated));
        Assert.Contains(old, BadgeFiles.Translated, StringComparison.Ordinal);
        Assert.Contains(Faults(BadgeFiles.Translated.Replace(old, now, StringComparison.Ordinal)), fault => fault.Code == code && fault.Path.StartsWith("$.translations[0]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "", PatchKind.Translation)]
    [InlineData("taps steel", "tapps steel", PatchKind.SpellingAndTranslation)]
    public void A_translation_is_a_patch_of_its_own_kind(string old, string now, PatchKind kind)
    {
        var agreed = Drafts.Read(Drafts.Bench()).Badge;
        var file = BadgeFiles.WithTranslation(Drafts.Bench());
        var translated = Drafts.Read(old.Length == 0 ? file : file.Replace(old, now, StringComparison.Ordinal)).Badge;

        Assert.NotEqual(agreed.ContentHash, translated.ContentHash);
        Assert.Null(SpellingFix.Objection(agreed, translated));
        Assert.Equal(kind, SpellingFix.KindOf(agreed, translated));
    }

    [Fact]
    public void Names_of_the_scale_levels_exemplars_and_tasks_that_lead_on_are_read_in_translation_and_the_badge_is_the_same()
    {
        var badge = Drafts.Read(BadgeFiles.WithTranslation(Drafts.Bench())).Badge;
        var read = badge.In("es");
        var skill = read.Competency("measuring");

        Assert.Equal("Cuatro niveles", read.Scale.Name);
        Assert.Equal(["Inicial", "En desarrollo", "Competente", "Avanzado"], read.Scale.Levels.Select(level => level.Label));
        Assert.Equal(badge.Scale.Levels.Select(level => (level.Code, level.Ordinal)), read.Scale.Levels.Select(level => (level.Code, level.Ordinal)));
        Assert.Equal(("Una hoja", "proficient", "https://example.org/sheet"), (skill.Exemplars[0].Title, skill.Exemplars[0].Level, skill.Exemplars[0].Url));
        Assert.Equal("Estudio de calibres", Assert.Single(skill.ExtensionsAt(read.Scale, "proficient")).Title);
        Assert.Equal("Beginning", badge.Scale.Levels[0].Label);
        Assert.Equal(badge.ContentHash, Drafts.Read(Encoding.UTF8.GetString(DefinitionFile.Write(badge))).Badge.ContentHash);
    }

    [Theory]
    [InlineData("\"label\": \"Inicial\"", "\"label\": \"Principiante\"")]
    [InlineData("Cuatro niveles", "Escala de cuatro niveles")]
    [InlineData("Una hoja", "Otra hoja")]
    [InlineData("Estudio de calibres", "Estudio de calibre")]
    public void Each_translated_word_is_part_of_what_the_version_says(string old, string now)
    {
        var file = BadgeFiles.WithTranslation(Drafts.Bench());

        Assert.NotEqual(Drafts.Read(file).Badge.ContentHash, Drafts.Read(file.Replace(old, now, StringComparison.Ordinal)).Badge.ContentHash);
    }

    [Theory]
    [InlineData("Files a block flat and square to a drawing.", "Files a block flat to a drawing.", "filing", "$.translations[0].competencies[0]")]
    [InlineData("Threads are straight, full and clean.", "Threads are straight and full.", "tapping", "$.translations[0].competencies[2]")]
    [InlineData("\"title\": \"A sheet\"", "\"title\": \"One sheet\"", "measuring", "$.translations[0].competencies[3]")]
    [InlineData("Compare three gauges on one part and report.", "Compare two gauges on one part and report.", "measuring", "$.translations[0].competencies[3]")]
    [InlineData("\"Make the part.\"", "\"Make the part twice.\"", null, "$.translations[0]")]
    public void Where_the_original_changes_and_the_translation_does_not_the_lint_says_so(string old, string now, string? skill, string path)
    {
        var before = Drafts.Read(BadgeFiles.WithTranslation(Drafts.Bench()));
        var changed = DraftContentOn(before, before.Text.Replace(old, now, StringComparison.Ordinal));

        Assert.Empty(TranslationMark.Stale(before.Badge));
        var stale = Assert.Single(TranslationMark.Stale(changed.Badge));
        Assert.Equal(("es", skill, path), (stale.Language, stale.Competency, stale.Path));
        var finding = Assert.Single(DefinitionLint.Findings(changed.Badge), finding => finding.Code == "lint.translation-stale");
        Assert.Equal(path, finding.Path);

        // The advice of the finding, followed, and a changed translation, both settle it.
        var wrong = skill is null ? changed.Badge.Translations[0].WrittenFor : changed.Badge.Translations[0].Competencies.Single(words => words.Id == skill).WrittenFor;
        Assert.Contains(stale.Mark, finding.Advice, StringComparison.Ordinal);
        Assert.Empty(TranslationMark.Stale(DraftContentOn(changed, changed.Text.Replace(wrong!, stale.Mark, StringComparison.Ordinal)).Badge));
        Assert.Empty(TranslationMark.Stale(DraftContentOn(changed, changed.Text.Replace("Lima un bloque", "Deja un bloque", StringComparison.Ordinal).Replace("Roscas rectas, llenas y limpias", "Roscas rectas y llenas", StringComparison.Ordinal)
            .Replace("Una hoja", "Una sola hoja", StringComparison.Ordinal).Replace("Haga la pieza.", "Haga la pieza dos veces.", StringComparison.Ordinal)).Badge));
    }

    [Fact]
    public async Task Who_looks_a_translation_through_says_that_it_still_says_the_same_without_new_sign_offs()
    {
        using var table = await Table.OpenAsync();
        await table.Drafting.StartAsync(table.Teacher, table.School, Drafts.Slug, BadgeFiles.WithTranslation(Drafts.Bench()), null, null, default);
        var changed = await table.ReviseAsync("Files a block flat and square to a drawing.", "Files a block flat to a drawing.", accepts: table.Teacher);
        Assert.Equal(["filing"], TranslationMark.Stale((await table.Reading.RevisionAsync(table.Teacher, Drafts.Slug, 2, default)).Content.Badge).Select(stale => stale.Competency));

        var proposal = await table.Proposals.ProposeLookedThroughAsync(table.Teacher, Drafts.Slug, changed.Revision, "Looked through.", null, default);
        var told = await table.Reading.ProposalAsync(table.Teacher, Drafts.Slug, proposal.Id, default);
        await table.Proposals.AcceptAsync(table.Teacher, Drafts.Slug, proposal.Id, null, default);

        var checkedRevision = await table.Reading.RevisionAsync(table.Teacher, Drafts.Slug, 3, default);
        Assert.Equal("translations/es/competencies/filing/writtenFor", Assert.Single(told.Changes).Path);
        Assert.Empty(TranslationMark.Stale(checkedRevision.Content.Badge));
        Assert.Equal(2, checkedRevision.Meaning);
    }

    [Fact]
    public void What_is_stale_stays_so_through_other_changes_and_what_says_the_same_is_not_marked_anew()
    {
        var unmarked = BadgeFiles.WithTranslation(Drafts.Bench()).Replace("\"tags\": [\"filing\", \"steel\"]", "\"tags\": [\"steel\"]", StringComparison.Ordinal);
        var first = Drafts.Read(BadgeFiles.WithTranslation(Drafts.Bench())).Badge with { Translations = [Reading(BadgeFiles.WithTranslation(Drafts.Bench())).Translations[0]] };
        var same = DraftContent.Read(Drafts.Slug, unmarked, new(null, null), around, first);
        Assert.Null(same.Badge.Translations[0].WrittenFor);

        var stale = DraftContent.Read(Drafts.Slug, unmarked.Replace("\"Make the part.\"", "\"Make the part twice.\"", StringComparison.Ordinal), new(null, null), around, same.Badge);
        var later = DraftContentOn(stale, stale.Text.Replace("\"recencyMonths\": 24", "\"recencyMonths\": 36", StringComparison.Ordinal));

        Assert.Equal([null], TranslationMark.Stale(stale.Badge).Select(one => one.Competency));
        Assert.Equal(TranslationMark.Stale(stale.Badge), TranslationMark.Stale(later.Badge));
    }

    [Fact]
    public void What_a_translation_changes_is_told_in_the_difference()
    {
        var before = Drafts.Read(BadgeFiles.WithTranslation(Drafts.Bench())).Badge;
        var after = Drafts.Read(BadgeFiles.WithTranslation(Drafts.Bench()).Replace("Lima un perfil a ojo.", "Lima un perfil sin mirar.", StringComparison.Ordinal)).Badge;

        var change = Assert.Single(Difference.Between(before, after));
        Assert.Equal("translations/es/competencies/filing/levels/advanced", change.Path);
    }

    [Fact]
    public void Parts_of_a_skill_are_taken_over_in_the_languages_that_both_have_and_other_translations_go()
    {
        var (here, other) = (BadgeFiles.WithTranslation(Drafts.Bench()), Drafts.Read(Drafts.Bench()).Badge);
        var copy = new SkillCopy(new("bench-work", 1), "tapping", "filing", [SkillPart.Rubric]);

        Assert.Equal("Roscas rectas, llenas y limpias.", Drafts.Read(copy.Into(here, Drafts.Read(here).Badge)).Badge.In("es").Competency("filing").LevelDescriptors["proficient"]);
        Assert.Empty(Drafts.Read(copy.Into(here, other)).Badge.Translations);
    }

    private static readonly DraftSurroundings around = new(new Dictionary<string, Core.Mastery.MasteryScale> { ["four-level"] = Mastery.Scales.FourLevel() }, null);

    private static DraftContent DraftContentOn(DraftContent before, string text) => DraftContent.Read(Drafts.Slug, text, new(null, null), around, before.Badge);

    // As a file is read, without what proposals are marked with.
    private static BadgeDefinition Reading(string file) => DefinitionFile.ReadDraft(Drafts.Slug, Encoding.UTF8.GetBytes(file), around.Scales, null).Draft!;

    private static IEnumerable<FileFault> Faults(string file) =>
        DefinitionFile.ReadBadge("manufacturing/bench-work.json", Encoding.UTF8.GetBytes(file), new Dictionary<string, Core.Mastery.MasteryScale> { ["four-level"] = Mastery.Scales.FourLevel() }).Faults;
}
