using SkillBadges.Core.Evidence;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Growth;

/// <summary>A rise that a school may celebrate.</summary>
/// <param name="From">Label of the height before; null where there was no evidence yet.</param>
public sealed record CelebratedRise(PersonId Learner, string Name, string Badge, string CompetencyId, string Skill, string? From, string To, DateTimeOffset At);

/// <summary>
/// Who rose when, in the order in which it was recorded. A first decision at the lowest level of a scale is no rise; learners of whom they or
/// their family said no are left out.
/// </summary>
public sealed class LevelUpList(IDocumentStore store, Authority authority, TimeProvider clock)
{
    public const int MaxDays = 366;

    private readonly EffectiveSettings settings = new(store);
    private readonly BlindReading blind = new(store, authority, clock);

    /// <param name="actor">Staff of the school.</param>
    /// <param name="from">The first day, the school's.</param>
    /// <param name="to">The last day.</param>
    /// <param name="page">Limit and cursor; a page counts decisions, so it may hold fewer rises.</param>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>stage.reporting-off</c>, <c>level-ups.days</c>.</exception>
    public async Task<(IReadOnlyList<CelebratedRise> Rises, string? Next)> ReadAsync(
        Actor actor, OrganizationId school, DateOnly from, DateOnly to, Func<DocumentQuery<MasteryEntry>, DocumentQuery<MasteryEntry>> page, CancellationToken cancellationToken)
    {
        if (to < from || to.DayNumber - from.DayNumber > MaxDays)
        {
            throw Refused.Invalid("level-ups.days", $"The days run from an earlier to a later one, at most {MaxDays} apart.");
        }

        await authority.RequireAsync(actor, school, Offices.Staff, cancellationToken);
        await settings.RequireReportingAsync(school, cancellationToken);
        var organization = (await store.GetAsync(OrganizationDocuments.Kind, school.Value, "organization", cancellationToken)).Document;
        var found = await store.QueryAsync(
            LedgerDocuments.Kind,
            page(LedgerDocuments.ByRecordKeeper.Where(school.Value).From(IndexValue.Of(organization.StartOf(from))).To(IndexValue.Of(organization.StartOf(to.AddDays(1))))),
            cancellationToken);
        var entries = found.Documents.ToList();
        var silent = (await store.FindManyAsync(CelebrationDocuments.Kind, [.. entries.Select(entry => entry.Learner.Value).Distinct(StringComparer.Ordinal)], cancellationToken))
            .Where(read => read.Document.IsOptedOut).Select(read => read.Document.Learner).ToHashSet();
        entries.RemoveAll(entry => silent.Contains(entry.Learner));
        var unseen = await UnseenEntries.OfAsync(store, await blind.HiddenOfAsync(actor, [.. entries.Select(entry => entry.Learner).Distinct()], cancellationToken), cancellationToken);
        entries.RemoveAll(unseen.Hides);
        return (await RisesAsync(school, entries, unseen, cancellationToken), found.Next);
    }

    private async Task<IReadOnlyList<CelebratedRise>> RisesAsync(OrganizationId school, IReadOnlyList<MasteryEntry> entries, UnseenEntries unseen, CancellationToken cancellationToken)
    {
        var sheets = (await store.FindManyAsync(BadgeSheetDocuments.Kind, [.. entries.Select(SheetOf).Distinct(StringComparer.Ordinal)], cancellationToken)).ToDictionary(read => read.Id, read => unseen.Without(read.Document), StringComparer.Ordinal);
        var scales = (await store.FindManyAsync(
                ScaleSnapshotDocuments.Kind, [.. sheets.Values.SelectMany(sheet => sheet.Facts).Select(fact => fact.Scale.Digest.Hex).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(read => read.Document.Digest, read => read.Document.Scale);
        var scoring = await ScoringChoices.ReadAsync(settings, [school], cancellationToken);
        var names = await store.NamesAsync(entries.Select(entry => entry.Learner), cancellationToken);
        return
        [
            .. from entry in entries
               let rise = RiseAt(entry, sheets[SheetOf(entry)], scales, scoring)
               where rise is not null && (rise.From is not null || rise.To != scales[entry.Facts.Scale.Digest].Levels[0].Code)
               let scale = scales[entry.Facts.Scale.Digest]
               select new CelebratedRise(
                   entry.Learner,
                   names.GetValueOrDefault(entry.Learner, ""),
                   entry.Facts.Competency.Badge.Slug,
                   entry.Facts.Competency.CompetencyId,
                   entry.Facts.Competency.Name,
                   rise.From is null ? null : scale.Find(rise.From)?.Label ?? rise.From,
                   scale.Find(rise.To)?.Label ?? rise.To,
                   rise.DecidedAt),
        ];
    }

    /// <summary>The rise that an entry is, or null.</summary>
    /// <param name="entry">One of the sheet's.</param>
    /// <param name="sheet">All that was decided of the learner in the badge.</param>
    /// <param name="scales">Scale snapshots by digest.</param>
    /// <param name="scoring">How the school reads histories.</param>
    public static LevelRise? RiseAt(MasteryEntry entry, BadgeSheet sheet, IReadOnlyDictionary<Sha256Digest, MasteryScale> scales, ScoringChoices scoring)
    {
        var skill = LevelFact.Standing(sheet.Facts).Where(fact => fact.CompetencyId == entry.Facts.Competency.CompetencyId && fact.Scale.Id == entry.Facts.Scale.Id).ToList();
        return skill.Count == 0 ? null : SkillProgression.Of([.. skill], scoring.For(sheet.RecordKeeper, scales[skill[^1].Scale.Digest])).Rises.FirstOrDefault(rise => rise.EntryId == entry.Id);
    }

    private static string SheetOf(MasteryEntry entry) => BadgeSheet.IdOf(entry.RecordKeeper, entry.Learner, entry.Facts.Competency.Badge.Slug);
}
