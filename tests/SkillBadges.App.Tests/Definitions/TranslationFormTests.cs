using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using SkillBadges.App.Definitions.CoAuthoring;
using SkillBadges.Core.Definitions;

namespace SkillBadges.App.Tests.Definitions;

public sealed class TranslationFormTests
{
    private const string Content = """{"slug":"bench","translations":[{"language":"es","name":"Banco"},{"language":"fr","name":"Établi"}]}""";

    private static readonly BadgeDefinition badge = new()
    {
        Slug = "bench", Name = "Bench", Description = "", Criteria = "", AchievementType = "Badge", Field = "sample", Tags = [], Image = new(""), Scale = null!, SkillGroups = [], Competencies = [], Review = new([], SupervisorMode.NotAllowed), Alignments = [], CoAuthors = [],
    };

    [Theory]
    [InlineData("fr", "es")]
    [InlineData("es", "fr")]
    [InlineData("de", "es fr")]
    public void One_translation_is_taken_out_and_no_other(string gone, string left) =>
        Assert.Equal(left, string.Join(' ', Languages(TranslationForm.Apply(Content, badge, gone, Typed(("gone", "true"))))));

    [Fact]
    public void Letters_of_other_languages_stay_as_they_are_typed()
    {
        var written = TranslationForm.Apply(Content, badge, "fr", Typed(("name", "Établi d'atelier")));

        Assert.Contains("Établi d'atelier", written, StringComparison.Ordinal);
        Assert.Equal(["es", "fr"], Languages(written));
    }

    private static IEnumerable<string> Languages(string content) => JsonNode.Parse(content)!["translations"]!.AsArray().Select(one => one!["language"]!.ToString());

    private static FormCollection Typed(params (string Name, string Value)[] fields) => new(fields.ToDictionary(field => field.Name, field => new StringValues(field.Value)));
}
