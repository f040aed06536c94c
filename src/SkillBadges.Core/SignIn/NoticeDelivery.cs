using SkillBadges.Core.Evidence;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>
/// Decides for each notice whether a letter goes out, and writes it: at once, with the others of the day, or not at all. Stands here because it knows by
/// which address somebody signs in.
/// </summary>
public sealed class NoticeDelivery(Commits commits, LetterWriting letters, EffectiveSettings settings, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>What follows from a notice, once: its letter, its place in the digest, and the family's notice where the school tells families.</summary>
    /// <param name="id">A notice; one that is gone, or routed already, is left alone.</param>
    /// <param name="byMail">Whether this instance can send mail.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    public Task RouteAsync(NoticeId id, bool byMail, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            if (await store.FindAsync(NoticeDocuments.Kind, id.Value, attemptToken) is { Document.IsRouted: false } read)
            {
                var routed = read.Document with { IsRouted = true };
                if (byMail && routed.ReadAt is null && await DestinationAsync(routed.Person, attemptToken) is { } to)
                {
                    routed = await WithLetterAsync(routed, to, changes, attemptToken);
                }

                await TellFamilyAsync(routed, changes, attemptToken);
                if (!changes.IsEmpty)
                {
                    changes.Replace(NoticeDocuments.Kind, read, routed);
                }
            }

            return new Outcome<bool>(changes, true, id.Value);
        },
        cancellationToken);

    /// <summary>Writes a digest of what its person has not read by now; nothing where all is read.</summary>
    public Task WriteDigestAsync(string id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            if (await store.FindAsync(DigestDocuments.Kind, id, attemptToken) is { Document.IsWritten: false } read)
            {
                changes.Replace(DigestDocuments.Kind, read, read.Document with { IsWritten = true });
                var notices = await store.WholeAsync(NoticeDocuments.Kind, NoticeDocuments.ByDigest.Where(id), attemptToken);
                var unread = notices.Documents.Where(notice => notice.ReadAt is null).GroupBy(notice => notice.Kind).ToList();
                if (unread.Count > 0 && await DestinationAsync(read.Document.Person, attemptToken) is { } to)
                {
                    var lines = unread.Select(kind => $"{kind.Count()} × {NoticeWords.Of(kind.Key)}");
                    letters.Write(changes, to, LetterKind.Digest, Lines(lines), clock.Now());
                }
            }

            return new Outcome<bool>(changes, true, id);
        },
        cancellationToken);

    private async Task<Notice> WithLetterAsync(Notice notice, Destination to, Changes changes, CancellationToken cancellationToken)
    {
        var preferences = await store.FindAsync(NoticePreferencesDocuments.Kind, notice.Person.Value, cancellationToken);
        switch ((preferences?.Document ?? NoticePreferences.None(notice.Person)).Of(notice.Kind))
        {
            case Delivery.AtOnce:
                letters.Write(changes, to, LetterKind.Notice, Lines([NoticeWords.Of(notice.Kind)]), clock.Now());
                return notice;
            case Delivery.Daily:
                var digest = await NextDigestAsync(notice.Person, cancellationToken);
                if (await store.FindAsync(DigestDocuments.Kind, digest.Id, cancellationToken) is { } waiting)
                {
                    changes.Require(DigestDocuments.Kind, waiting);
                }
                else
                {
                    changes.Add(DigestDocuments.Kind, digest).Send(new(NewId.Ordered(clock.Now()), Digest.Topic, digest.Id, digest.DueAt));
                }

                return notice with { Digest = digest.Id };
            default:
                return notice;
        }
    }

    // The day is that of the place where the person has been longest; who belongs nowhere gets theirs in UTC.
    private async Task<Digest> NextDigestAsync(PersonId person, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), cancellationToken);
        if (memberships.Documents.FirstOrDefault(membership => membership.HoldsAt(now)) is not { } first)
        {
            return Digest.Next(person, "UTC", SettingValues.Defaults.DigestHour!.Value, now);
        }

        var school = await store.GetAsync(OrganizationDocuments.Kind, first.Organization.Value, "organization", cancellationToken);
        var hour = await settings.ReadAsync(first.Organization, values => values.DigestHour, cancellationToken);
        return Digest.Next(person, school.Document.TimeZone, hour.Value, now);
    }

    private async Task TellFamilyAsync(Notice notice, Changes changes, CancellationToken cancellationToken)
    {
        if (notice.Kind is not (NoticeKind.WorkApproved or NoticeKind.WorkReturned)
            || await store.FindAsync(SubmissionDocuments.Kind, notice.About, cancellationToken) is not { Document: { } work }
            || work.Learner != notice.Person
            || !(await settings.ReadAsync(work.Organization, values => values.TellFamilies, cancellationToken)).Value)
        {
            return;
        }

        var now = clock.Now();
        var learner = await store.GetAsync(PersonDocuments.Kind, work.Learner.Value, "person", cancellationToken);
        var school = await store.GetAsync(OrganizationDocuments.Kind, work.Organization.Value, "organization", cancellationToken);
        if (!FamilyRights.HoldsRights(learner.Document, school.Document, now))
        {
            return;
        }

        var guardians = await store.WholeAsync(GuardianshipDocuments.Kind, GuardianshipDocuments.ByLearner.Where(work.Learner.Value), cancellationToken);
        foreach (var guardian in guardians.Documents.Where(g => g.RecordKeeper == work.Organization && g.HoldsAt(now)).Select(g => g.Guardian).Distinct())
        {
            changes.Notify(guardian, notice.Kind, notice.About, now);
        }
    }

    private string Lines(IEnumerable<string> lines) => $"{string.Join('\n', lines)}\n\n{letters.Link("/notices")}";

    private async Task<Destination?> DestinationAsync(PersonId person, CancellationToken cancellationToken) =>
        await store.FindAsync(AccountDocuments.Kind, person.Value, cancellationToken) is { Document: { IsClosed: false } account }
            ? Destination.TryParse(Channel.Mail, account.LoginName)
            : null;
}
