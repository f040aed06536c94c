using System.Collections.Frozen;
using System.Text.Json;

namespace SkillBadges.Core.Definitions.Lint;

/// <summary>The word lists of <c>lint.en.json</c>, which is all that the lint knows of a language.</summary>
internal sealed record LintWords(FrozenSet<string> Unobservable, FrozenSet<string> Conditions, FrozenSet<string> Measures, FrozenSet<string> Vague, FrozenSet<string> Frequencies)
{
    public static LintWords English { get; } = Read();

    private static LintWords Read()
    {
        using var stream = typeof(LintWords).Assembly.GetManifestResourceStream("SkillBadges.Core.Definitions.Lint.lint.en.json") ?? throw new InvalidOperationException("The lint's words are not in the assembly.");
        using var lists = JsonDocument.Parse(stream);
        return new(Of("unobservable"), Of("conditions"), Of("measures"), Of("vague"), Of("frequencies"));

        FrozenSet<string> Of(string name) => lists.RootElement.GetProperty(name).EnumerateArray().Select(word => word.GetString()!).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    }
}
