using System.Globalization;

namespace SkillBadges.Core.Gradebook.Grades;

/// <summary>Something with a letter that an average may be made of.</summary>
/// <param name="Letter">One of the policy's; null where it has none for it.</param>
/// <param name="Credits">Null where it has none.</param>
public sealed record GradedItem(PolicyLetter? Letter, decimal? Credits);

/// <summary>An average of points under one version of a policy. It is converted, never decided, and compares nobody with anybody.</summary>
/// <param name="Value">Rounded as the policy says.</param>
/// <param name="Counted">How many items it is made of.</param>
/// <param name="Left">How many it leaves out: without a letter, without points or, where credits weigh, without credits.</param>
public sealed record GradeAverage(decimal Value, int Counted, int Left)
{
    /// <summary>With all its decimals.</summary>
    public required string Text { get; init; }

    /// <summary>Null where nothing counts: that is no average, and not one of zero.</summary>
    public static GradeAverage? Of(GradeTerms terms, IReadOnlyCollection<GradedItem> items)
    {
        var counted = items
            .Select(item => (item.Letter?.Points, Weight: terms.WeighsByCredit ? item.Credits : 1))
            .Where(item => item.Points is not null && item.Weight > 0)
            .Select(item => (Points: item.Points!.Value, Weight: item.Weight!.Value))
            .ToList();
        if (counted.Count == 0)
        {
            return null;
        }

        // Skills share a badge's credits, and a third of a credit has no end: equal points give exactly those points.
        var exact = counted.TrueForAll(item => item.Points == counted[0].Points)
            ? counted[0].Points
            : decimal.Round(counted.Sum(item => item.Points * item.Weight) / counted.Sum(item => item.Weight), 12);
        var value = decimal.Round(exact, terms.Decimals, terms.Rounding switch
        {
            GradeRounding.HalfEven => MidpointRounding.ToEven,
            GradeRounding.Down => MidpointRounding.ToZero,
            _ => MidpointRounding.AwayFromZero,
        });
        return new(value, counted.Count, items.Count - counted.Count) { Text = value.ToString(string.Create(CultureInfo.InvariantCulture, $"F{terms.Decimals}"), CultureInfo.InvariantCulture) };
    }
}
