using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Tests.Definitions;

/// <summary>Every file of <c>badge-definitions/</c>, as it is.</summary>
public sealed class CatalogueTests
{
    private static readonly ImmutableDictionary<string, MasteryScale> scales = Catalogue.Paths("scales/")
        .Select(path => DefinitionFile.ReadScale(path, Catalogue.Bytes(path)).Content)
        .OfType<MasteryScale>()
        .ToImmutableDictionary(scale => scale.Id);

    private static readonly ImmutableDictionary<string, BadgeDefinition> badges = BadgePaths
        .Select(path => DefinitionFile.ReadBadge(path, Catalogue.Bytes(path), scales).Content)
        .OfType<BadgeDefinition>()
        .ToImmutableDictionary(badge => badge.Slug);

    private static readonly ImmutableDictionary<string, GraduateProfile> profiles = Catalogue.Paths("profiles/")
        .Select(path => DefinitionFile.ReadProfile(path, Catalogue.Bytes(path), scales).Content)
        .OfType<GraduateProfile>()
        .ToImmutableDictionary(profile => profile.Slug);

    private static IEnumerable<string> BadgePaths => Catalogue.Paths("").Where(path => path.Split('/')[0] is not ("schema" or "scales" or "stacks" or "profiles"));

    public static TheoryData<string> AllBadges => [.. BadgePaths];

    public static TheoryData<string> AllScales => [.. Catalogue.Paths("scales/")];

    public static TheoryData<string> AllStacks => [.. Catalogue.Paths("stacks/")];

    [Theory]
    [MemberData(nameof(AllBadges))]
    public void A_badge_file_has_no_fault(string path) => Assert.Empty(DefinitionFile.ReadBadge(path, Catalogue.Bytes(path), scales).Faults);

    [Theory]
    [MemberData(nameof(AllScales))]
    public void A_scale_file_has_no_fault(string path) => Assert.Empty(DefinitionFile.ReadScale(path, Catalogue.Bytes(path)).Faults);

    [Theory]
    [MemberData(nameof(AllStacks))]
    public void A_stack_file_has_no_fault_and_names_badges_that_exist(string path)
    {
        var reading = DefinitionFile.ReadStack(path, Catalogue.Bytes(path));
        Assert.Empty(reading.Faults);
        Assert.Empty(StackRules.Faults(reading.Content!, badges));
    }

    [Theory]
    [MemberData(nameof(AllBadges))]
    public void A_badge_has_its_pictures(string path)
    {
        var picture = path[..^".json".Length];
        Assert.Null(PngImage.Objection(Catalogue.Bytes(picture + ".png")));
        var svg = Catalogue.Bytes(picture + ".svg");
        Assert.Null(SvgImage.Objection(svg));
        Assert.Contains(badges[DefinitionFile.NameOf(path)].Image.Alt, Encoding.UTF8.GetString(svg), StringComparison.Ordinal);
    }

    [Fact]
    public void No_two_badges_look_the_same() =>
        Assert.Equal(28, BadgePaths.Select(path => Sha256Digest.Of(Catalogue.Bytes(path[..^".json".Length] + ".png"))).Distinct().Count());

    [Fact]
    public void The_catalogue_is_complete()
    {
        Assert.Equal(
            "auto-electrical automotive-brakes bookkeeping-cycle cnc-mill construction-safety customer-service cybersecurity-foundations "
            + "early-childhood-session emt-patient-assessment evidence-argument food-safety function-modeling graphic-design greenhouse-propagation "
            + "hvac-refrigerant knife-and-station network-support nursing-assistant phlebotomy-basics python-fundamentals residential-wiring "
            + "robotics-technician smaw-fillet smaw-groove video-production wall-framing web-accessibility workplace-readiness",
            string.Join(' ', badges.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal(["auto-mlr", "health-aide", "it-support", "kitchen", "welding-1"], Catalogue.Paths("stacks/").Select(DefinitionFile.NameOf).Order(StringComparer.Ordinal));
        Assert.Equal(["four-level", "letters", "named-four", "pass-fail", "percent-bands", "portrait-three-step"], scales.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_two_descriptors_of_the_catalogue_are_the_same_words()
    {
        var repeated = badges.Values
            .SelectMany(badge => badge.Competencies.SelectMany(competency => competency.LevelDescriptors.Select(pair => (pair.Value, Place: $"{badge.Slug}/{competency.Id}/{pair.Key}"))))
            .GroupBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase)
            .Where(same => same.Count() > 1)
            .Select(same => string.Join(" = ", same.Select(pair => pair.Place)));
        Assert.Empty(repeated);
    }

    [Fact]
    public void Criteria_have_a_readable_length() => Assert.All(
        badges.Values,
        badge => Assert.InRange(badge.Criteria.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Length, 120, 250));

    [Fact]
    public void Every_badge_is_aligned_to_a_program_and_all_but_the_cross_occupation_one_to_an_occupation() => Assert.All(badges.Values, badge =>
    {
        Assert.Contains(badge.Alignments, alignment => alignment.TargetFramework == AlignmentRules.Programs);
        Assert.Equal(badge.Slug != "workplace-readiness", badge.Alignments.Any(alignment => alignment.TargetFramework == AlignmentRules.Occupations));
    });

    [Fact]
    public void Every_badge_builds_attributes_shows_work_and_leads_on() => Assert.All(badges.Values, badge =>
    {
        Assert.NotEmpty(badge.Attributes);
        Assert.All(badge.Attributes, built => Assert.NotNull(profiles[built.Profile].Attribute(built.Attribute)));
        Assert.Contains(badge.Competencies, competency => competency.Exemplars.Any(exemplar => badge.Scale.IsProficient(exemplar.Level)));
        Assert.Contains(badge.Competencies, competency => competency.Extensions.Length > 0);
    });

    [Fact]
    public void Every_attribute_of_the_profile_is_described_for_three_bands_and_built_by_badges()
    {
        var profile = profiles["graduate-portrait"];
        Assert.Equal(["beginning", "proficient", "advanced"], profile.Scale.Levels.Select(level => level.Code));
        Assert.All(profile.Attributes, attribute =>
        {
            Assert.Equal(Enum.GetValues<Band>(), attribute.Bands.Select(band => band.Band));
            Assert.Contains(badges.Values, badge => badge.Attributes.Any(built => built.Attribute == attribute.Id));
        });
        var words = profile.Attributes.SelectMany(attribute => attribute.Bands).SelectMany(band => band.Levels.Values).ToArray();
        Assert.Equal(words.Length, words.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Every_skill_group_is_used() => Assert.All(badges.Values, badge =>
        Assert.Equal(badge.SkillGroups.Select(group => group.Id).Order(), badge.Competencies.Select(competency => competency.SkillGroupId).OfType<string>().Distinct().Order()));

    [Theory]
    [InlineData("nursing-assistant", "no patients")]
    [InlineData("phlebotomy-basics", "no patients")]
    [InlineData("early-childhood-session", "no child images")]
    public void Where_people_are_cared_for_the_hints_forbid_their_pictures(string slug, string words) => Assert.Contains(
        badges[slug].Competencies.SelectMany(competency => competency.EvidenceOptions),
        option => option.Hint.Contains(words, StringComparison.OrdinalIgnoreCase));

    [Theory]
    [InlineData("nursing-assistant", SupervisorMode.NotAllowed, "registered-nurse", 24)]
    [InlineData("smaw-fillet", SupervisorMode.CoSign, "welding-inspector", 12)]
    [InlineData("food-safety", SupervisorMode.CoSign, "certified-food-protection-manager", 60)]
    [InlineData("workplace-readiness", SupervisorMode.CoSign, null, 12)]
    [InlineData("function-modeling", SupervisorMode.NotAllowed, null, null)]
    public void Reviewers_and_recency_are_those_of_the_field(string slug, SupervisorMode supervisor, string? qualification, int? months)
    {
        var badge = badges[slug];
        Assert.Equal((supervisor, qualification, months), (badge.Review.Supervisor, badge.Review.QualificationCode, badge.RecencyMonths));
    }

    [Theory]
    [InlineData("badge-definition")]
    [InlineData("badge-stack")]
    [InlineData("mastery-scale")]
    [InlineData("graduate-profile")]
    public void Every_member_of_a_published_schema_is_described(string name)
    {
        using var schema = JsonDocument.Parse(Catalogue.Bytes($"schema/{name}.schema.json"));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        Assert.Empty(Undescribed(schema.RootElement, "#"));
    }

    private static IEnumerable<string> Undescribed(JsonElement schema, string path)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            return schema.EnumerateArray().SelectMany((item, i) => Undescribed(item, $"{path}/{i}"));
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        return schema.EnumerateObject().SelectMany(member => member.Name switch
        {
            "properties" when schema.TryGetProperty("additionalProperties", out _) => member.Value.EnumerateObject().SelectMany(property =>
                Undescribed(property.Value, $"{path}/{property.Name}").Concat(property.Value.TryGetProperty("description", out _) ? [] : [$"{path}/{property.Name}"])),
            "if" or "then" or "else" => [],
            _ => Undescribed(member.Value, $"{path}/{member.Name}"),
        });
    }
}
