using System.Globalization;
using System.Text;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>Writes what a recognition leaves in the school's record: entries that point to their source, and entries that end them.</summary>
public sealed class RecognitionRecord(IDocumentStore store, LedgerWriter ledger, InstanceAddress address, TimeProvider clock)
{
    /// <summary>What the provenance of such entries says.</summary>
    public const string Provenance = "recognition";

    public DateTimeOffset Now => clock.Now();

    /// <summary>Adds to <paramref name="changes"/> one entry for each skill and a notice to the learner; the case as it is then.</summary>
    /// <param name="changes">The commit.</param>
    /// <param name="recognized">The case, recognized.</param>
    /// <param name="badge">The badge that it counts for.</param>
    /// <param name="brought">Whom it is from and what it says.</param>
    /// <param name="by">Who answers for it: who decided, or who put the issuer on the list; null for whoever decided at the source.</param>
    /// <param name="cancellationToken">Stops the reading; nothing is written here.</param>
    public async Task<RecognitionCase> WriteAsync(Changes changes, RecognitionCase recognized, BadgeDefinition badge, Brought brought, Assessor? by, CancellationToken cancellationToken)
    {
        var school = (await store.GetAsync(OrganizationDocuments.Kind, recognized.School.Value, "organization", cancellationToken)).Document;
        var name = by is null ? null : (await store.GetAsync(PersonDocuments.Kind, by.Person.Value, "person", cancellationToken)).Document.DisplayName;
        var drafts = recognized.Skills.Select(skill => Draft(recognized, skill, badge, brought, school, by, name)).ToList();
        var scales = recognized.Skills.Select(skill => ScaleOf(skill, badge, brought)).DistinctBy(scale => scale.SnapshotHash).ToList();
        var entries = await ledger.AppendAsync(changes, recognized.School, recognized.Learner, scales[0], drafts, cancellationToken);
        foreach (var scale in scales.Skip(1))
        {
            if (await store.FindAsync(ScaleSnapshotDocuments.Kind, scale.SnapshotHash.Hex, cancellationToken) is null)
            {
                changes.Add(ScaleSnapshotDocuments.Kind, new(scale.SnapshotHash, scale));
            }
        }

        changes.Notify(recognized.Learner, NoticeKind.RecognitionAnswered, recognized.Id.Value, Now);
        await TellStacksAsync(changes, recognized with { Badge = badge.Id }, cancellationToken);
        return recognized with { Skills = [.. recognized.Skills.Zip(entries, (skill, entry) => skill with { EntryId = entry.Id })] };
    }

    /// <summary>Adds to <paramref name="changes"/> an entry that ends each entry of the case, and tells the learner and those who relied on it.</summary>
    public async Task RetractAsync(Changes changes, RecognitionCase fallen, string reason, CancellationToken cancellationToken)
    {
        await AgainAsync(changes, fallen, entry => entry.Facts with { Effect = EntryEffect.Retracted, Corrects = entry.Id, RecordedAt = Now }, reason, cancellationToken);
        foreach (var person in await ReliedAsync(fallen, cancellationToken))
        {
            changes.Notify(person, NoticeKind.RecognitionFell, fallen.Id.Value, Now);
        }

        await TellStacksAsync(changes, fallen, cancellationToken);
    }

    /// <summary>Adds to <paramref name="changes"/> entries that say again what those of a case on hold said; the case as it is then.</summary>
    public async Task<RecognitionCase> RestoreAsync(Changes changes, RecognitionCase held, string reason, CancellationToken cancellationToken)
    {
        var entries = await AgainAsync(changes, held, entry => entry.Facts with { RecordedAt = Now }, reason, cancellationToken);
        changes.Notify(held.Learner, NoticeKind.RecognitionAnswered, held.Id.Value, Now);
        await TellStacksAsync(changes, held, cancellationToken);
        return held with { Skills = [.. held.Skills.Zip(entries, (skill, entry) => skill with { EntryId = entry.Id })] };
    }

    private async Task<IReadOnlyList<MasteryEntry>> AgainAsync(Changes changes, RecognitionCase known, Func<MasteryEntry, MasteryFacts> facts, string reason, CancellationToken cancellationToken)
    {
        var entries = (await store.FindManyAsync(LedgerDocuments.Kind, [.. known.Skills.Select(skill => skill.EntryId).OfType<string>()], cancellationToken)).ToDictionary(read => read.Id, read => read.Document);
        var drafts = new List<EntryDraft>();
        foreach (var entry in known.Skills.Select(skill => entries[skill.EntryId!]))
        {
            var text = await store.FindAsync(CompetencyTextDocuments.Kind, entry.Facts.Competency.StatementDigest.Hex, cancellationToken) ?? throw new InvalidOperationException("An entry's statement is missing from the store.");
            drafts.Add(new(facts(entry), new(null, null, reason, []), text.Document.Statement));
        }

        var scale = await store.GetAsync(ScaleSnapshotDocuments.Kind, entries.Values.First().Facts.Scale.Digest.Hex, "scale", cancellationToken);
        return await ledger.AppendAsync(changes, known.School, known.Learner, scale.Document.Scale, drafts, cancellationToken);
    }

    // A stack's own award may follow from it, or rest on it.
    private async Task TellStacksAsync(Changes changes, RecognitionCase known, CancellationToken cancellationToken)
    {
        if (known.Badge is { } badge && await store.FirstAsync(StackDocuments.Heads, StackDocuments.ByAwardedFor.Where(badge.Slug), cancellationToken) is not null)
        {
            changes.Send(IssuingTopics.LookAtStacks(known.Learner, known.School, Now));
        }
    }

    // The learner, who decided or brought it, and the office that may have placed the learner by it.
    private async Task<IReadOnlyCollection<PersonId>> ReliedAsync(RecognitionCase fallen, CancellationToken cancellationToken)
    {
        var office = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByOrganization.Where(fallen.School.Value, nameof(Role.Registrar)).Descending(), cancellationToken);
        return [.. fallen.Steps.Select(step => step.By).OfType<PersonId>().Append(fallen.Learner).Append(fallen.BroughtBy).Concat(office.Documents.Where(member => member.HoldsAt(Now)).Select(member => member.Person)).Distinct()];
    }

    // The level as it was decided, in its own scale; only where that is not known here, the badge's.
    private static MasteryScale ScaleOf(SkillFinding finding, BadgeDefinition badge, Brought brought) => SkillOf(finding, brought)?.Scale ?? badge.Scale;

    private static BroughtSkill? SkillOf(SkillFinding finding, Brought brought) =>
        finding is { NativeScale: { } scale, Native: { } native } ? brought.Skills.FirstOrDefault(skill => skill.Level == native && skill.Scale is { } its && ScaleDocuments.VersionId(its.Id, its.Version) == scale && skill.Name == finding.SourceName) : null;

    private EntryDraft Draft(RecognitionCase recognized, SkillFinding finding, BadgeDefinition badge, Brought brought, Organization school, Assessor? by, string? name)
    {
        var competency = badge.Competency(finding.CompetencyId);
        var scale = ScaleOf(finding, badge, brought);
        var level = scale.Level(finding.Native ?? finding.Derived ?? throw new InvalidOperationException("A skill is recognized at a level."));
        var source = SkillOf(finding, brought)?.Entry;
        var facts = new MasteryFacts
        {
            Effect = EntryEffect.Asserted,
            Competency = new($"{address.Achievement(badge.Id)}#{competency.Id}", badge.Id, competency.Id, competency.Name, Sha256Digest.Of(Encoding.UTF8.GetBytes(competency.Statement))),
            Scale = new(scale.Id, scale.Version, scale.SnapshotHash),
            Level = new(level.Code, level.Ordinal, level.Label, source?.Facts.Level.Descriptor ?? level.Descriptor, scale.IsProficient(level.Code), true),
            Attempt = source?.Facts.Attempt ?? 1,
            Evidence = source?.Facts.Evidence ?? [],
            Assessor = by ?? source?.Facts.Assessor ?? throw new InvalidOperationException("Somebody answers for what is recognized."),
            Issuer = new(school.Id, address.DidOf(school.Slug)),
            SubmittedAt = source?.Facts.SubmittedAt ?? brought.Badge.EarnedAt,
            DecidedAt = source?.Facts.DecidedAt ?? brought.Badge.EarnedAt,
            RecordedAt = Now,
            ValidUntil = new[] { source?.Facts.ValidUntil, brought.Badge.ValidUntil }.Min(),
            Provenance = new(Provenance, null, recognized.Id.Value, brought.Badge.Digest),
            Recognized = new(
                brought.Badge.Kind.ToString(), brought.Badge.Issuer, brought.Badge.Key, brought.Badge.Award?.Value, finding.SourceEntry, finding.Match.ToString(),
                finding.Native is null ? null : finding.Derived, finding.Crosswalk, [.. finding.Checks.Where(check => check.Passed).Select(check => check.Name)]),
        };
        var word = brought.Badge.Kind == SourceKind.Past || finding.Native is null ? string.Create(CultureInfo.InvariantCulture, $"Recorded from {brought.Badge.From}: {brought.Badge.Name}{(finding.Word is null ? "" : $", {finding.Word}")}.") : null;
        return new(facts, new(name, word, recognized.Reason, []), competency.Statement);
    }
}
