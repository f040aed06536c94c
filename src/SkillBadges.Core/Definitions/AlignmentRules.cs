using System.Text.RegularExpressions;
using SkillBadges.Core.Mastery;

namespace SkillBadges.Core.Definitions;

/// <summary>What makes a link to an occupation, program or standard worth following.</summary>
public static partial class AlignmentRules
{
    public const string Occupations = "O*NET-SOC 2019";

    public const string Programs = "CIP 2020";

    public static IEnumerable<ContentFault> Faults(Alignment alignment, string path)
    {
        if (!WebAddress.IsPublic(alignment.TargetUrl))
        {
            yield return new("definition.bad-url", $"{path}.targetUrl", $"This is not a complete https address of at most {WebAddress.MaxLength} characters.");
        }

        if (alignment.TargetType is { } type && !AchievementTypes.IsTargetType(type))
        {
            yield return new("definition.bad-target-type", $"{path}.targetType", "This is no alignment target type of Open Badges 3.0, such as CFItem or CTDL.");
        }

        var shape = alignment.TargetFramework switch
        {
            Occupations => (Occupation().IsMatch(alignment.TargetCode ?? ""), "dd-dddd.dd"),
            Programs => (Program().IsMatch(alignment.TargetCode ?? ""), "dd.dddd"),
            _ => (true, ""),
        };
        if (!shape.Item1)
        {
            yield return new("definition.bad-code", $"{path}.targetCode", $"A code of {alignment.TargetFramework} is written {shape.Item2}.");
        }
        else if (shape.Item2.Length > 0 && !alignment.TargetUrl.EndsWith(alignment.TargetCode!, StringComparison.Ordinal))
        {
            yield return new("definition.bad-url", $"{path}.targetUrl", "The address of an occupation or program ends in its code; this one leads elsewhere.");
        }
    }

    [GeneratedRegex(@"\A[0-9]{2}-[0-9]{4}\.[0-9]{2}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Occupation();

    [GeneratedRegex(@"\A[0-9]{2}\.[0-9]{4}\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Program();
}
