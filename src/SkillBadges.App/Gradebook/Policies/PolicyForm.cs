using System.Collections.Immutable;
using System.Globalization;
using SkillBadges.Core;
using SkillBadges.Core.Gradebook.Grades;
using SkillBadges.Core.Mastery;

namespace SkillBadges.App.Gradebook.Policies;

/// <summary>A policy of letters as a form: letters and points a line each, and a letter for every level of one scale.</summary>
internal static class PolicyForm
{
    /// <summary>The name of the field of a level.</summary>
    public static string Field(MasteryLevel level) => $"level.{level.Code}";

    /// <summary>What a policy begins with: the lowest letter first.</summary>
    public static string Begin => "C 2\nB 3\nA 4";

    /// <summary>The letters of a policy as they are typed.</summary>
    /// <param name="failing">The word behind a failing one, in the reader's language.</param>
    public static string Lines(GradeTerms terms, string failing) => string.Join('\n', terms.Letters.Select(letter => Line(letter, failing)));

    private static string Line(PolicyLetter letter, string failing) =>
        string.Join(' ', new[] { letter.Letter, letter.Points?.ToString("0.###", CultureInfo.InvariantCulture), letter.Fails ? failing : null }.OfType<string>());

    /// <param name="scale">Of which the form asked the levels.</param>
    /// <param name="scaleId">Its id and version.</param>
    /// <param name="form">What was typed.</param>
    /// <param name="known">The version that this comes after; what the form does not ask for stays as it was there. Null for a new policy.</param>
    /// <param name="failing">As in <see cref="Lines"/>.</param>
    /// <exception cref="RefusedException"><c>grade-policy.letters</c>, <c>grade-policy.days</c>.</exception>
    public static GradeTerms Read(MasteryScale scale, string scaleId, IFormCollection form, GradeTerms? known, string failing)
    {
        var levels = scale.Levels.Select(level => KeyValuePair.Create(level.Code, form[Field(level)].ToString().Trim())).Where(level => level.Value.Length > 0).ToImmutableSortedDictionary(StringComparer.Ordinal);
        ImmutableArray<PolicyScale> others = [.. (known?.Scales ?? []).Where(one => one.Scale != scaleId)];
        return new(
            form["Name"].ToString(),
            form["Authority"].ToString(),
            [.. form["Letters"].ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => Letter(line, failing))],
            levels.IsEmpty ? others : [.. others, new(scaleId, levels)],
            Chosen(form["Skills"].ToString(), CountedSkills.Earned),
            Chosen(form["Courses"].ToString(), CountedCourses.Own),
            form["ByCredit"] == "true",
            int.TryParse(form["Decimals"], NumberStyles.None, CultureInfo.InvariantCulture, out var decimals) ? decimals : -1,
            Chosen(form["Rounding"].ToString(), GradeRounding.HalfUp),
            Day(form["From"].ToString()) ?? throw NoDay())
        {
            EffectiveTo = form["To"].ToString() is { Length: > 0 } last ? Day(last) ?? throw NoDay() : null,
            Badges = known?.Badges ?? [],
            Note = Filled(form["PrintedNote"].ToString()),
            LowestReason = Filled(form["LowestReason"].ToString()),
        };
    }

    // A letter, its points where it has some, and the word behind it where it is a failing one.
    private static PolicyLetter Letter(string line, string failing)
    {
        var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fails = parts.Length > 1 && parts[^1] == failing;
        var points = parts[1..(fails ? ^1 : ^0)];
        return points.Length switch
        {
            0 => new(parts[0], null, fails),
            1 when decimal.TryParse(points[0].Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) => new(parts[0], value, fails),
            _ => throw Refused.Invalid("grade-policy.letters", "Each line is a letter, a space and its points, such as B 3; the word fails after it says that it is a failing one."),
        };
    }

    private static T Chosen<T>(string typed, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(typed, out var chosen) && Enum.IsDefined(chosen) ? chosen : otherwise;

    private static DateOnly? Day(string typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static RefusedException NoDay() => Refused.Invalid("grade-policy.days", "A policy holds for one day at least.");

    private static string? Filled(string typed) => string.IsNullOrWhiteSpace(typed) ? null : typed.ReplaceLineEndings("\n").Trim();
}
