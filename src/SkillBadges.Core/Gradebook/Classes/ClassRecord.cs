using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;

namespace SkillBadges.Core.Gradebook.Classes;

/// <summary>A learner as the class knows them.</summary>
public sealed record ClassLearner(PersonId Id, string Name);

/// <summary>What is known of one learner in one column.</summary>
/// <param name="ScaleId">The scale of the last decision, which need not be that of the column.</param>
public sealed record ClassCell(string ScaleId, SkillProgression Progression);

/// <summary>
/// What every view of a class is computed from: who is in it, which skills are looked at, and the sheets of its own school. Nothing of another
/// school is in here.
/// </summary>
public sealed record ClassRecord
{
    public required ClassSection Section { get; init; }

    /// <summary>By name, then id.</summary>
    public required ImmutableArray<ClassLearner> Learners { get; init; }

    /// <summary>The badges looked at, by slug, in the version that new work is done towards.</summary>
    public required ImmutableArray<BadgeDefinition> Badges { get; init; }

    public required ImmutableArray<SkillColumn> Columns { get; init; }

    /// <summary>Rows in the order of the learners; null where nothing was ever decided.</summary>
    public required ImmutableArray<ImmutableArray<ClassCell?>> Cells { get; init; }

    /// <summary>The scales on which something was decided, in the version decided on last.</summary>
    public required IReadOnlyDictionary<string, MasteryScale> Scales { get; init; }

    /// <summary>Computes the cells from sheets, which come from the ledger alone.</summary>
    /// <param name="section">The class.</param>
    /// <param name="learners">Its learners, in any order.</param>
    /// <param name="badges">The badges looked at.</param>
    /// <param name="columns">Which of their skills.</param>
    /// <param name="sheets">Sheets of the learners at the class's school.</param>
    /// <param name="scales">Scale snapshots by digest.</param>
    /// <param name="scoring">How the school reads histories.</param>
    public static ClassRecord Of(
        ClassSection section,
        IEnumerable<ClassLearner> learners,
        ImmutableArray<BadgeDefinition> badges,
        ImmutableArray<SkillColumn> columns,
        IEnumerable<BadgeSheet> sheets,
        IReadOnlyDictionary<Sha256Digest, MasteryScale> scales,
        ScoringChoices scoring)
    {
        ImmutableArray<ClassLearner> ordered = [.. learners.OrderBy(learner => learner.Name, StringComparer.Ordinal).ThenBy(learner => learner.Id.Value, StringComparer.Ordinal)];
        var used = new Dictionary<string, (MasteryScale Scale, DateTimeOffset At)>(StringComparer.Ordinal);
        var cells = new Dictionary<PersonId, Dictionary<(string, string), ClassCell>>(ordered.Length);
        foreach (var sheet in sheets.Where(sheet => sheet.RecordKeeper == section.Organization))
        {
            var own = cells.TryGetValue(sheet.Learner, out var earlier) ? earlier : cells[sheet.Learner] = new(columns.Length);
            foreach (var skill in LevelFact.Standing(sheet.Facts).GroupBy(fact => fact.CompetencyId, StringComparer.Ordinal))
            {
                // A skill that moved to another scale is read on the newer one; nothing is converted.
                var scale = skill.Last().Scale;
                var snapshot = scales[scale.Digest];
                if (!used.TryGetValue(scale.Id, out var known) || known.At < skill.Last().RecordedAt)
                {
                    used[scale.Id] = (snapshot, skill.Last().RecordedAt);
                }

                own[(sheet.Badge, skill.Key)] =
                    new(scale.Id, SkillProgression.Of([.. skill.Where(fact => fact.Scale.Id == scale.Id)], scoring.For(section.Organization, snapshot)));
            }
        }

        return new()
        {
            Section = section,
            Learners = ordered,
            Badges = badges,
            Columns = columns,
            Cells = [.. ordered.Select(learner => columns.Select(column => cells.GetValueOrDefault(learner.Id)?.GetValueOrDefault((column.Badge, column.CompetencyId))).ToImmutableArray())],
            Scales = used.ToDictionary(pair => pair.Key, pair => pair.Value.Scale, StringComparer.Ordinal),
        };
    }

    /// <summary>The scale of a column: as it was decided on, or, where nothing was, as the badge has it.</summary>
    public MasteryScale ScaleOf(string scaleId) => Scales.GetValueOrDefault(scaleId) ?? Badges.First(badge => badge.Scale.Id == scaleId).Scale;
}
