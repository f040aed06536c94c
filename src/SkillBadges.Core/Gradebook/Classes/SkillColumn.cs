using System.Collections.Immutable;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>One skill of a badge, as a column over the learners of a class.</summary>
/// <param name="Badge">The badge's slug.</param>
/// <param name="ScaleId">The scale on which new decisions are made.</param>
public sealed record SkillColumn(string Badge, string CompetencyId, string Name, string ScaleId);

/// <summary>A column of the levels of one class.</summary>
/// <param name="Levels">Every level of the scale, lowest first, also those where nobody stands; levels of other scales where somebody was decided on one.</param>
/// <param name="NoEvidence">How many have no decision that counts; it is no level.</param>
public sealed record ColumnDistribution(SkillColumn Column, ImmutableArray<LevelCount> Levels, int NoEvidence);

/// <param name="IsSufficient">How many of them reached what the badge asks for.</param>
public sealed record LevelCount(string ScaleId, string Level, string Label, int Count, int IsSufficient);
