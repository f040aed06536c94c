using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Derived;
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
                Disclose(changes, share.Document, ground, DisclosureDoor.ShareLink, shown.Count, ground.Credentials);
            }

            var badges = await BadgesAsync(share.Document.Scope, grounds, attemptToken);
            var name = grounds[0].Rights.Learner.Document.DisplayName;
            var record = new SharedRecord(share.Document.Scope.WithName ? name : SharedRecord.Initials(name), badges, [.. lines], share.Document.ExpiresAt) { TimeZone = grounds[0].Rights.RecordKeeper.TimeZone };
            return new Outcome<SharedRecord>(changes, record, share.Id);
        },
        cancellationToken);

    /// <summary>The signed badge itself, by its number in the link.</summary>
    /// <exception cref="RefusedException"><c>share.not-found</c>, <c>credential.no-such-form</c>.</exception>
    public Task<(string Name, SignedForm Form)> CredentialAsync(string token, int number, string form, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (share, grounds) = await FindAsync(token, attemptToken);
            var shown = Shown(share.Document.Scope, grounds);
            var (ground, award, stack) = number >= 1 && number <= shown.Count ? shown[number - 1] : throw Refused.NotFound("share");
            var signed = await store.GetAsync(SignedCredentialDocuments.Kind, (award?.Credential ?? stack!.Credential).Value, "share", attemptToken);
            var chosen = signed.Document.Form(form) ?? throw new RefusedException(RefusalKind.NotFound, "credential.no-such-form", "The credential has no such form.");
            var changes = new Changes().Require(ShareDocuments.Kind, share);
            Disclose(changes, share.Document, ground, DisclosureDoor.CredentialDownload, 0, 1);
            return new Outcome<(string, SignedForm)>(changes, (award?.Badge.Slug ?? stack!.Subject, chosen), share.Id);
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
        var found = await store.WholeAsync(
            LedgerDocuments.Kind, LedgerDocuments.ChainOf(ground.Rights.RecordKeeper.Id, ground.Rights.Learner.Document.Id), cancellationToken);
        var entries = found.Documents.ToList();
        var scales = (await store.FindManyAsync(ScaleSnapshotDocuments.Kind, [.. entries.Select(entry => entry.Facts.Scale.Digest.Hex).Distinct(StringComparer.Ordinal)], cancellationToken))
            .ToDictionary(read => read.Document.Digest, read => read.Document.Scale);
        var standing = StandingLevels.Of(entries, scales);
        var badges = await store.VersionsAsync(standing.Select(entry => entry.Facts.Competency.Badge), cancellationToken);
        var written = await store.WholeAsync(StatementDocuments.Kind, StatementDocuments.ByLearner.Where(ground.Rights.Learner.Id), cancellationToken);
        var places = await SharedLevel.PlacesAsync(store, standing, cancellationToken);
        var statements = written.Documents.ToLookup(statement => statement.Entry, statement => statement.Text, StringComparer.Ordinal);
        return
        [
            .. standing.Select(entry => new SharedLine(
                ground.Rights.RecordKeeper.Name, badges.GetValueOrDefault(entry.Facts.Competency.Badge)?.Name ?? entry.Facts.Competency.Badge.Slug, SharedLevel.Of(entry.Facts, places), entry.Facts.DecidedAt,
                [.. statements[entry.Id]])),
        ];
    }

    private async Task<ImmutableArray<SharedBadge>> BadgesAsync(ShareScope scope, IReadOnlyList<ShareGround> grounds, CancellationToken cancellationToken)
    {
        var badges = new List<SharedBadge>();
        foreach (var (ground, award, stack) in Shown(scope, grounds))
        {
            var (number, keeper) = (badges.Count + 1, ground.Rights.RecordKeeper);
            var status = await store.FindAsync(CredentialStatusDocuments.Kind, (award?.Credential ?? stack!.Credential).Value, cancellationToken);
            var isGood = status?.Document.IsGood == true;
            if (award is null)
            {
                badges.Add(new(number, stack!.Name, keeper.Name, stack.EarnedAt, isGood && stack.State != DerivedState.Revoked, [], []) { Credential = stack.Credential });
                continue;
            }

            var badge = await store.VersionAsync(award.Badge, cancellationToken);
            var decided = (await store.WholeAsync(LedgerDocuments.Kind, LedgerDocuments.ByDecision.Where(award.Decision), cancellationToken)).Documents.ToList();
            var places = await SharedLevel.PlacesAsync(store, decided, cancellationToken);
            badges.Add(new(
                number, badge.Name, keeper.Name, award.AwardedAt, isGood && award.State == AwardState.Issued, [.. award.Levels.Select(level => SharedLevel.Of(badge, level, decided, places))],
                scope.WithEvidence ? EvidenceOf(decided) : [])
            {
                Credential = award.Credential, Badge = award.Badge,
            });
        }

        return [.. badges];
    }

    // In the order in which they are numbered: badges, then stacks, each as the link names them.
    private static IReadOnlyList<(ShareGround Ground, Award? Award, DerivedCredential? Stack)> Shown(ShareScope scope, IReadOnlyList<ShareGround> grounds)
    {
        var awards = grounds.SelectMany(ground => ground.Awards.Select(award => (ground, award))).ToDictionary(pair => pair.award.Id);
        var stacks = grounds.SelectMany(ground => ground.Stacks.Select(stack => (ground, stack))).ToDictionary(pair => pair.stack.Credential);
        return [.. scope.Awards.Select(id => (awards[id].ground, (Award?)awards[id].award, (DerivedCredential?)null)), .. scope.Stacks.Select(id => (stacks[id].ground, (Award?)null, (DerivedCredential?)stacks[id].stack))];
    }

    private static ImmutableArray<SharedEvidence> EvidenceOf(IEnumerable<MasteryEntry> decided) =>
        [.. decided.SelectMany(entry => (entry.Notes?.EvidenceTitles ?? []).Select(title => new SharedEvidence(title, entry.Facts.Assessor.Role.ToString()))).Distinct()];
}
