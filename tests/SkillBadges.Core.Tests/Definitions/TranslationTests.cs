using System.Text;
using SkillBadges.Core.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions.Files;
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

    private static IEnumerable<FileFault> Faults(string file) =>
        DefinitionFile.ReadBadge("manufacturing/bench-work.json", Encoding.UTF8.GetBytes(file), new Dictionary<string, Core.Mastery.MasteryScale> { ["four-level"] = Mastery.Scales.FourLevel() }).Faults;
}
