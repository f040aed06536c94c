using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Ledger;
using SkillBadges.Core.Sharing.Statements;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Shares;

/// <summary>
/// Opens a link for whoever holds it. Whether it may show what it names is asked anew each time, and the rows that the family reads are written before anything
/// leaves. Unknown, closed, run out and no longer allowed give the same answer.
/// </summary>
public sealed class ShareOpening(Commits commits, ShareGate gate, TimeProvider clock)
{
    private const int MaxEntries = 5_000;

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>share.not-found</c>.</exception>
    public Task<SharedRecord> OpenAsync(string token, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (share, grounds) = await FindAsync(token, attemptToken);
            var changes = new Changes().Require(ShareDocuments.Kind, share);
            var lines = new List<SharedLine>();
            foreach (var ground in grounds)
            {
                var shown = ground.WithLevels ? await LinesAsync(ground, attemptToken) : [];
                lines.AddRange(shown);
                Disclose(changes, share.Document, ground, DisclosureDoor.ShareLink, shown.Count, ground.Awards.Length);
            }

            var badges = await BadgesAsync(share.Document.Scope, grounds, attemptToken);
            var name = grounds[0].Rights.Learner.Document.DisplayName;
            var record = new SharedRecord(share.Document.Scope.WithName ? name : SharedRecord.Initials(name), badges, [.. lines], share.Document.ExpiresAt);
            return new Outcome<SharedRecord>(changes, record, share.Id);
        },
        cancellationToken);

    /// <summary>The signed badge itself, by its number in the link.</summary>
    /// <exception cref="RefusedException"><c>share.not-found</c>, <c>credential.no-such-form</c>.</exception>
    public Task<(Award Award, SignedForm Form)> CredentialAsync(string token, int number, string form, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (share, grounds) = await FindAsync(token, attemptToken);
            var awards = share.Document.Scope.Awards;
            var award = number >= 1 && number <= awards.Length ? grounds.SelectMany(ground => ground.Awards).First(known => known.Id == awards[number - 1]) : throw Refused.NotFound("share");
            var signed = await store.GetAsync(SignedCredentialDocuments.Kind, award.Credential.Value, "share", attemptToken);
            var chosen = signed.Document.Form(form) ?? throw new RefusedException(RefusalKind.NotFound, "credential.no-such-form", "The credential has no such form.");
            var changes = new Changes().Require(ShareDocuments.Kind, share);
            Disclose(changes, share.Document, grounds.First(ground => ground.Awards.Contains(award)), DisclosureDoor.CredentialDownload, 0, 1);
            return new Outcome<(Award, SignedForm)>(changes, (award, chosen), share.Id);
        },
        cancellationToken);

    private async Task<(Read<Share> Share, IReadOnlyList<ShareGround> Grounds)> FindAsync(string token, CancellationToken cancellationToken)
    {
        var share = token.Length is > 0 and <= 64 ? await store.FirstAsync(ShareDocuments.Kind, ShareDocuments.ByToken.Where(Share.HashOf(token)), cancellationToken) : null;
        if (share?.Document.IsOpenAt(clock.Now()) != true)
        {
            throw Refused.NotFound("share");
        }

        try
        {
            return (share, await gate.GroundsAsync(share.Document.Learner, share.Document.Scope, cancellationToken));
        }
        catch (RefusedException refused) when (refused.Kind is RefusalKind.Forbidden or RefusalKind.NotFound)
        {
            // A consent that ended, or a birthday: whoever holds the link is told nothing of it.
            throw Refused.NotFound("share");
        }
    }

    private void Disclose(Changes changes, Share share, ShareGround ground, DisclosureDoor door, int entries, int credentials)
    {
        var now = clock.Now();
        ground.Require(changes);
        changes.Disclose(new(
            NewId.Ordered(now), ground.Rights.Learner.Document.Id, ground.Rights.RecordKeeper.Id, null, null, ground.Consent is null ? DisclosureBasis.LearnersOwn : DisclosureBasis.Consent, entries, now)
        {
            Door = door, Credentials = credentials, Through = share.Id.Value, Consent = ground.Consent?.Id,
        });
    }

    private async Task<IReadOnlyList<SharedLine>> LinesAsync(ShareGround ground, CancellationToken cancellationToken)
    {
        var found = await store.QueryAsync(
            LedgerDocuments.Kind, LedgerDocuments.ChainOf(ground.Rights.RecordKeeper.Id, ground.Rights.Learner.Document.Id).Take(MaxEntries), cancellationToken);
        var entries = found.Documents.ToList();
        var scales = (await store.FindManyAsync(ScaleSnapshotDocuments.Kind, [.. entries.Select(entry => entry.Facts.Scale.Digest.Hex).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(read => read.Document.Digest, read => read.Document.Scale);
        var standing = StandingLevels.Of(entries, scales);
        var badges = await store.VersionsAsync(standing.Select(entry => entry.Facts.Competency.Badge), cancellationToken);
        var written = await store.QueryAsync(StatementDocuments.Kind, StatementDocuments.ByLearner.Where(ground.Rights.Learner.Id).Take(MaxEntries), cancellationToken);
        var statements = written.Documents.ToLookup(statement => statement.Entry, statement => statement.Text, StringComparer.Ordinal);
        return
        [
            .. standing.Select(entry => new SharedLine(
                ground.Rights.RecordKeeper.Name, badges.GetValueOrDefault(entry.Facts.Competency.Badge)?.Name ?? entry.Facts.Competency.Badge.Slug, new(entry.Facts.Competency.Name, entry.Facts.Level.Label, entry.Facts.Level.Descriptor), entry.Facts.DecidedAt,
                [.. statements[entry.Id]])),
        ];
    }

    private async Task<ImmutableArray<SharedBadge>> BadgesAsync(ShareScope scope, IReadOnlyList<ShareGround> grounds, CancellationToken cancellationToken)
    {
        var badges = new List<SharedBadge>();
        var keepers = grounds.SelectMany(ground => ground.Awards.Select(award => (award, ground.Rights.RecordKeeper))).ToDictionary(pair => pair.award.Id);
        foreach (var (id, place) in scope.Awards.Select((id, place) => (id, place)))
        {
            var (award, keeper) = keepers[id];
            var badge = await store.VersionAsync(award.Badge, cancellationToken);
            var status = await store.FindAsync(CredentialStatusDocuments.Kind, award.Credential.Value, cancellationToken);
            badges.Add(new(
                place + 1, id, badge.Name, keeper.Name, award.AwardedAt, award.State == AwardState.Issued && status?.Document.IsGood == true,
                [.. award.Levels.Select(level => SharedLevel.Of(badge, level))],
                scope.WithEvidence ? await EvidenceAsync(award, cancellationToken) : []));
        }

        return [.. badges];
    }

    private async Task<ImmutableArray<SharedEvidence>> EvidenceAsync(Award award, CancellationToken cancellationToken)
    {
        var entries = await store.QueryAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(award.Decision).Take(500), cancellationToken);
        return [.. entries.Documents.SelectMany(entry => (entry.Notes?.EvidenceTitles ?? []).Select(title => new SharedEvidence(title, entry.Facts.Assessor.Role.ToString()))).Distinct()];
    }
}
