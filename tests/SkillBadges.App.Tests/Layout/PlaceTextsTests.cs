using System.Text.Json.Nodes;
using SkillBadges.App.Definitions;
using SkillBadges.App.Layout;
using SkillBadges.Core.Definitions.CoAuthoring;

namespace SkillBadges.App.Tests.Layout;

public sealed class PlaceTextsTests
{
    public static TheoryData<string> Others => [.. Texts.Languages.Skip(1)];

    // Codes of scales stand in labels, too.
    private static IEnumerable<string> Levels => Directory.EnumerateFiles(Path.Combine(DefinitionFolder.Shipped, "scales"), "*.json")
        .SelectMany(file => JsonNode.Parse(File.ReadAllBytes(file))!["levels"]!.AsArray().Select(level => level!["code"]!.GetValue<string>()))
        .Where(code => code.Length > 1 && code.All(letter => char.IsAsciiLetter(letter) || letter == '-'));

    [Theory]
    [MemberData(nameof(Others))]
    public void Every_part_of_a_badge_is_named_in_every_language(string language) =>
        Assert.Equal(PassageWords.Known.Concat(Levels).Distinct().Order(StringComparer.Ordinal), PlaceTexts.Of(language).Order(StringComparer.Ordinal));

    [Fact]
    public void A_change_is_told_with_its_place_in_the_language_of_the_page()
    {
        var change = new PassageChange("competencies/filing/statement", "", PassageChangeKind.Changed, "a", "b", []) { Steps = [new("Skill", "Filing"), new("what is done")] };

        Assert.Equal("Destreza \u201cFiling\u201d: qué se hace", change.LabelIn(words => PlaceTexts.In("es", words)));
        Assert.Equal("Skill \u201cFiling\u201d: what is done", change.LabelIn(words => PlaceTexts.In("en", words)));
        Assert.Equal("Orden: Destreza", (change with { Steps = [new("Skill")], Kind = PassageChangeKind.Reordered }).LabelIn(words => PlaceTexts.In("es", words)));
    }
}
