using System.Collections.Frozen;
using System.Globalization;
using SkillBadges.Core.Definitions;

namespace SkillBadges.Core.Evidence.Papers;

/// <summary>
/// The 17 federal orders on occupations that are too dangerous for people under 18 (29 CFR 570 subpart E, as of 2026-11). A badge says with a tag such as
/// <c>hazardous-order-7</c> that it cannot be earned at work without one of them.
/// </summary>
public static class HazardousOrders
{
    public const int Last = 17;

    private const string Tag = "hazardous-order-";

    // 29 CFR 570.50(c): the orders that exempt student-learners: woodworking, metal-forming and meat machines, balers, saws, roofing and excavation. Hoisting, with forklifts, is order 7 and not among them.
    private static readonly FrozenSet<int> ExemptStudentLearners = new[] { 5, 8, 10, 12, 14, 16, 17 }.ToFrozenSet();

    /// <summary>The orders that a badge names.</summary>
    public static IEnumerable<int> Of(BadgeDefinition badge) => badge.Tags
        .Where(tag => tag.StartsWith(Tag, StringComparison.Ordinal))
        .Select(tag => int.TryParse(tag.AsSpan(Tag.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : 0)
        .Where(IsOrder);

    public static bool IsOrder(int order) => order is >= 1 and <= Last;

    /// <summary>What an internship's hazardous tasks demand of its papers.</summary>
    /// <exception cref="RefusedException"><c>placement.age-first</c>, <c>placement.hazardous</c>.</exception>
    public static void RequireAllowed(IEnumerable<int> orders, AgeCheck? age, StudentLearnerAgreement? exemption)
    {
        var asked = orders.Order().Distinct().ToList();
        if (asked.Count == 0)
        {
            return;
        }

        if (age is null)
        {
            throw Refused.Invalid("placement.age-first", "Part of this work is forbidden to people under 18; please record first whether the student is.");
        }

        if (age.IsMinor && asked.FirstOrDefault(order => exemption is null || !ExemptStudentLearners.Contains(order)) is var order and not 0)
        {
            throw Refused.Invalid("placement.hazardous", ExemptStudentLearners.Contains(order)
                ? $"Federal hazardous order {order} forbids this work to people under 18 unless a written student-learner agreement is recorded."
                : $"Federal hazardous order {order} forbids this work to people under 18, student-learners included.");
        }
    }
}
