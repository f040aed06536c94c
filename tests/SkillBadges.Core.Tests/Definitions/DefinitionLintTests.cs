using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Definitions.Lint;

namespace SkillBadges.Core.Tests.Definitions;

public sealed class DefinitionLintTests
{
    [Fact]
    public void The_catalogue_is_without_a_finding()
    {
        var scales = Catalogue.Paths("scales/").Select(path => DefinitionFile.ReadScale(path, Catalogue.Bytes(path)).Content!).ToDictionary(scale => scale.Id);
        var badges = Catalogue.Paths("").Where(path => path.Split('/')[0] is not ("schema" or "scales" or "stacks" or "profiles")).Select(path => DefinitionFile.ReadBadge(path, Catalogue.Bytes(path), scales).Content!).ToArray();
        Assert.Equal(28, badges.Length);
        Assert.Empty(badges.SelectMany(badge => DefinitionLint.Findings(badge).Select(finding => $"{badge.Slug} {finding}")));
    }

    [Theory]
    [InlineData("Understands how a weld is made from a drawing.", "lint.no-observable-verb")]
    [InlineData("Is aware of hazards in the shop.", "lint.no-observable-verb")]
    [InlineData("Safety in the shop.", "lint.no-observable-verb")]
    [InlineData("Welds plates.", "lint.no-condition")]
    [InlineData("Welds plates with adequate skill.", "lint.vague")]
    [InlineData("Welds plates from a drawing.", null)]
    public void A_statement_says_what_is_seen_and_under_which_condition(string statement, string? code) => Assert.Equal(code, Of(skill => skill with { Statement = statement })?.Code);

    [Theory]
    [InlineData("proficient", "Welds look fine and hold.", "lint.no-measure")]
    [InlineData("proficient", "Welds hold a pull of 40 pounds.", null)]
    [InlineData("proficient", "Every weld holds.", null)]
    [InlineData("beginning", "Welds look fine and hold.", null)]
    [InlineData("beginning", "Welds often hold.", "lint.frequency")]
    [InlineData("advanced", "Welds to an appropriate size.", "lint.vague")]
    public void A_level_is_told_by_what_is_different_to_see_and_the_needed_one_by_a_measure(string level, string descriptor, string? code)
    {
        var finding = Of(skill => skill with { LevelDescriptors = skill.LevelDescriptors.SetItem(level, descriptor) });
        Assert.Equal((code, code is null ? null : $"$.competencies[0].levels.{level}"), (finding?.Code, finding?.Path));
    }

    [Fact]
    public void A_badge_refers_to_more_than_an_occupation()
    {
        var bare = Sound() with { Alignments = [new("Machinists", "https://www.onetonline.org/link/summary/51-4041.00", AlignmentRules.Occupations, "51-4041.00")] };
        Assert.Equal(("lint.no-framework", "$.alignments"), (DefinitionLint.Findings(bare).Single().Code, DefinitionLint.Findings(bare).Single().Path));
        Assert.Equal("definition.lint", Assert.Throws<RefusedException>(() => DefinitionLint.RequireNone(bare)).Code);
        DefinitionLint.RequireNone(Sound());
    }

    private static LintFinding? Of(Func<Competency, Competency> edit) => DefinitionLint.Findings(Sound() with { Competencies = Sound().Competencies.SetItem(0, edit(Sound().Competencies[0])) }).SingleOrDefault();

    private static BadgeDefinition Sound() => Badges.Bench() with
    {
        Competencies = [.. Badges.Bench().Competencies.Select(skill => skill with { LevelDescriptors = skill.LevelDescriptors.ToImmutableDictionary(pair => pair.Key, pair => $"Holds a tolerance of 1 mm: {pair.Value}") })],
        Alignments = [new("Benchwork", "https://www.nims-skills.org/", "NIMS")],
    };
}
