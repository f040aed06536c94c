using System.Collections.Immutable;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class BadgeDefinitionTests
{
    [Fact]
    public void Publishing_numbers_the_version_and_takes_the_hash()
    {
        var badge = Badges.Bench().Publish(3);
        Assert.Equal("bench-work@3", badge.Id.ToString());
        Assert.Equal(Badges.Bench().Publish(1).ContentHash, badge.ContentHash);
    }

    public static TheoryData<string, Func<BadgeDefinition, BadgeDefinition>> Edits => new()
    {
        { "name", badge => badge with { Name = "Other" } },
        { "description", badge => badge with { Description = "Other" } },
        { "criteria", badge => badge with { Criteria = "Other" } },
        { "type", badge => badge with { AchievementType = "Certificate" } },
        { "field", badge => badge with { Field = "other" } },
        { "tags", badge => badge with { Tags = badge.Tags.Add("other") } },
        { "tag order", badge => badge with { Tags = [.. badge.Tags.Reverse()] } },
        { "image alt", badge => badge with { Image = badge.Image with { Alt = "Other" } } },
        { "image", badge => badge with { Image = badge.Image with { Png = Sha256Digest.Of("png"u8) } } },
        { "scale", badge => badge with { Scale = badge.Scale with { ProficientCut = "advanced" } } },
        { "group", badge => badge with { SkillGroups = [badge.SkillGroups[0] with { Name = "Other" }] } },
        { "statement", badge => EditFirst(badge, skill => skill with { Statement = "Other." }) },
        { "required level", badge => EditFirst(badge, skill => skill with { RequiredLevel = "advanced" }) },
        { "descriptor", badge => EditFirst(badge, skill => skill with { LevelDescriptors = skill.LevelDescriptors.SetItem("beginning", "Other") }) },
        { "choose", badge => EditFirst(badge, skill => skill with { ChooseAtLeast = 2 }) },
        { "option kind", badge => EditFirst(badge, skill => skill with { EvidenceOptions = [skill.EvidenceOptions[0] with { Kind = EvidenceKind.Link }] }) },
        { "hint", badge => EditFirst(badge, skill => skill with { EvidenceOptions = [skill.EvidenceOptions[0] with { Hint = "Other" }] }) },
        { "reviewers", badge => badge with { Review = badge.Review with { Roles = [ReviewerRole.Supervisor] } } },
        { "supervisor", badge => badge with { Review = badge.Review with { Supervisor = SupervisorMode.Sole } } },
        { "qualification", badge => badge with { Review = badge.Review with { QualificationCode = "machinist" } } },
        { "who is qualified", badge => badge with { Review = badge.Review with { QualificationOf = [] } } },
        { "raters", badge => badge with { Review = badge.Review with { Raters = RaterDisagreement.Talk } } },
        { "recency", badge => badge with { RecencyMonths = null } },
        { "alignment", badge => badge with { Alignments = [] } },
        { "attributes", badge => badge with { Attributes = [new("portrait", "maker")] } },
        { "competencies of an attribute", badge => badge with { Attributes = [new("portrait", "maker") { Competencies = ["filing"] }] } },
        { "band", badge => EditFirst(badge, skill => skill with { Band = Band.Postsecondary }) },
        { "exemplar", badge => EditFirst(badge, skill => skill with { Exemplars = [new("proficient", "A part", "Square and flat.")] }) },
        { "extension", badge => EditFirst(badge, skill => skill with { Extensions = [new("gauge", "Gauge", "Make a gauge.")] }) },
        { "alignment of a skill", badge => EditFirst(badge, skill => skill with { Alignments = badge.Alignments }) },
        { "co-authors", badge => badge with { CoAuthors = [] } },
        { "attempts", badge => badge with { Attempts = new(Limit: 3) } },
        { "checkpoints", badge => badge with { Checkpoints = [new("safety", "Safety", "Goggles on, sleeves up.")] } },
        { "assessments", badge => badge with { Assessments = [new("pre-test", "Pre-test", "On paper.", 20)] } },
        { "translations", badge => badge with { Translations = [InSpanish] } },
        { "prerequisites", badge => badge with { Prerequisites = ["shop-safety"] } },
    };

    private static BadgeTranslation InSpanish { get; } = new("es", "Trabajo de banco", "Lima y taladra.", "Haga la pieza.", "Una lima")
    {
        Competencies =
        [
            .. Badges.Bench().Competencies.Select(skill => new TranslatedCompetency(skill.Id, $"{skill.Id} (es)", "Lo muestra.")
            {
                LevelDescriptors = skill.LevelDescriptors.ToImmutableDictionary(level => level.Key, level => $"{level.Key} (es)"),
                EvidenceOptions = [.. skill.EvidenceOptions.Select(option => new TranslatedOption(option.Id, "Fotos", "La pieza."))],
            }),
        ],
    };

    public static TheoryData<string, Func<BadgeTranslation, BadgeTranslation>> TranslationEdits => new()
    {
        { "language", words => words with { Language = "fr" } },
        { "name", words => words with { Name = "Otro" } },
        { "description", words => words with { Description = "Otra." } },
        { "criteria", words => words with { Criteria = "Otra." } },
        { "picture", words => words with { ImageAlt = "Otra" } },
        { "skill", words => words with { Competencies = [words.Competencies[0] with { Name = "Otra" }, .. words.Competencies[1..]] } },
        { "statement", words => words with { Competencies = [words.Competencies[0] with { Statement = "Otra." }, .. words.Competencies[1..]] } },
        { "level", words => words with { Competencies = [words.Competencies[0] with { LevelDescriptors = words.Competencies[0].LevelDescriptors.SetItem("beginning", "Otro") }, .. words.Competencies[1..]] } },
        { "option", words => words with { Competencies = [words.Competencies[0] with { EvidenceOptions = [new("photos", "Fotos", "Otra.")] }, .. words.Competencies[1..]] } },
    };

    [Theory]
    [MemberData(nameof(TranslationEdits))]
    public void Every_edit_of_a_translation_is_seen_by_the_hash(string what, Func<BadgeTranslation, BadgeTranslation> edit) =>
        Assert.True((Badges.Bench() with { Translations = [InSpanish] }).Publish(1).ContentHash != (Badges.Bench() with { Translations = [edit(InSpanish)] }).Publish(1).ContentHash, what);

    [Fact]
    public void A_badge_is_read_in_a_language_and_stays_what_it_is()
    {
        var badge = (Badges.Bench() with { Translations = [InSpanish] }).Publish(2);
        var read = badge.In("es");

        Assert.Equal(("Trabajo de banco", "Haga la pieza.", "Una lima"), (read.Name, read.Criteria, read.Image.Alt));
        Assert.Equal(("filing (es)", "beginning (es)", "Fotos"), (read.Competencies[0].Name, read.Competencies[0].LevelDescriptors["beginning"], read.Competencies[0].EvidenceOptions[0].Label));
        Assert.Equal((badge.Id, badge.ContentHash, badge.Competencies[3].RequiredLevel), (read.Id, read.ContentHash, read.Competencies[3].RequiredLevel));
        Assert.Same(badge, badge.In("fr"));
        Assert.Empty(BadgeRules.Faults(badge));
    }

    [Theory]
    [MemberData(nameof(Edits))]
    public void Every_edit_is_seen_by_the_hash(string what, Func<BadgeDefinition, BadgeDefinition> edit) =>
        Assert.True(Badges.Bench().Publish(1).ContentHash != edit(Badges.Bench()).Publish(1).ContentHash, what);

    // A drift would make a new version of every badge in every school at the next import.
    [Fact]
    public void The_content_hash_never_drifts() =>
        Assert.StartsWith("679feca089aee0b85bd21534ec727c12", Badges.Bench().Publish(1).ContentHash.Hex);

    [Fact]
    public void A_newer_scale_with_the_same_content_changes_nothing() =>
        Assert.Equal(Badges.Bench().Publish(1).ContentHash, (Badges.Bench() with { Scale = Badges.Bench().Scale with { Version = 7 } }).Publish(1).ContentHash);

    [Theory]
    [InlineData(null, 0)]
    [InlineData("developing", 0)]
    [InlineData("proficient", 1)]
    [InlineData("advanced", 1)]
    public void Extension_tasks_are_offered_from_proficient_on(string? level, int tasks)
    {
        var skill = Badges.Bench().Competencies[0] with { Extensions = [new("gauge", "Gauge", "Make a gauge for the part.")] };
        Assert.Equal(tasks, skill.ExtensionsAt(Badges.Bench().Scale, level).Length);
    }

    [Theory]
    [InlineData("filing", "developing", false)]
    [InlineData("filing", "proficient", true)]
    [InlineData("measuring", "beginning", false)]
    [InlineData("measuring", "developing", true)]
    public void A_competency_asks_for_its_own_level(string competency, string level, bool enough) =>
        Assert.Equal(enough, Badges.Bench().Satisfies(competency, level));

    [Fact]
    public void An_unknown_competency_is_refused() =>
        Assert.Equal("definition.unknown-competency", Assert.Throws<RefusedException>(() => Badges.Bench().Competency("welding")).Code);

    [Fact]
    public void A_version_survives_being_stored()
    {
        var badge = Badges.Bench().Publish(2);
        var text = JsonSerializer.Serialize(badge, DocumentJson.Options);
        var read = JsonSerializer.Deserialize<BadgeDefinition>(text, DocumentJson.Options)!;
        Assert.Equal(text, JsonSerializer.Serialize(read, DocumentJson.Options));
        Assert.Equal(badge.ContentHash, read.Publish(2).ContentHash);
    }

    [Theory]
    [InlineData("smaw-fillet@1", true)]
    [InlineData("smaw-fillet@120", true)]
    [InlineData("smaw-fillet@01", false)]
    [InlineData("smaw-fillet@+1", false)]
    [InlineData("smaw-fillet@0", false)]
    [InlineData("smaw-fillet@", false)]
    [InlineData("smaw-fillet@99999999999", false)]
    [InlineData("smaw-fillet@ 1", false)]
    [InlineData("@1", false)]
    [InlineData("a@b@1", false)]
    [InlineData("Smaw@1", false)]
    [InlineData("smaw--fillet@1", false)]
    [InlineData("smaw-fillet", false)]
    [InlineData("", false)]
    public void A_version_id_has_one_spelling(string text, bool good)
    {
        Assert.Equal(good, BadgeVersionId.TryParse(text, null, out var id));
        Assert.Equal(good ? text : "@0", id.ToString());
        if (!good)
        {
            Assert.Equal("definition.bad-version-id", Assert.Throws<RefusedException>(() => BadgeVersionId.Parse(text)).Code);
        }
    }

    private static BadgeDefinition EditFirst(BadgeDefinition badge, Func<Competency, Competency> edit) =>
        badge with { Competencies = badge.Competencies.SetItem(0, edit(badge.Competencies[0])) };
}
