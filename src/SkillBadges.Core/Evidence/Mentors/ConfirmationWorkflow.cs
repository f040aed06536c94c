using System.Text;
using SkillBadges.Core.Evidence.Logs;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Mentors;

/// <summary>What the page behind a mentor's link shows.</summary>
public sealed record OfferedConfirmation(Confirmation Confirmation, string LearnerName, string OrganizationName);

/// <summary>A learner asks a mentor; a letter carries the link, never the learner; the mentor answers without an account.</summary>
public sealed class ConfirmationWorkflow(Commits commits, SubmissionReading reading, LogReading logs, ClassTeaching teaching, LetterWriting letters, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Asks about a piece of the learner's own proof, in the draft or turned in.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>evidence.not-found</c>, <c>confirmation.too-many</c>, <c>confirmation.mentor</c>, <c>confirmation.address</c>.</exception>
    public Task<Read<Confirmation>> AskAsync(Actor actor, SubmissionId work, string evidence, string mentor, string address, RequestKey? key, CancellationToken cancellationToken) =>
        AskAsync(actor, mentor, address, key, async attemptToken =>
        {
            var read = await store.GetAsync(SubmissionDocuments.Kind, work.Value, "submission", attemptToken);
            if (read.Document.Learner != actor.Person)
            {
                throw Refused.NotFound("submission");
            }

            var (item, _) = await reading.EvidenceAsync(actor, work, evidence, attemptToken);
            return (read.Document.Organization, new ConfirmationSubject(item.Title, work, evidence, null));
        }, cancellationToken);

    /// <summary>Asks about an entry of the learner's own log.</summary>
    /// <exception cref="RefusedException"><c>log.not-found</c>, <c>log.confirmed</c>, <c>confirmation.too-many</c>, <c>confirmation.mentor</c>, <c>confirmation.address</c>.</exception>
    public Task<Read<Confirmation>> AskAsync(Actor actor, LogEntryId entry, string mentor, string address, RequestKey? key, CancellationToken cancellationToken) =>
        AskAsync(actor, mentor, address, key, async attemptToken =>
        {
            var read = await store.GetAsync(LogDocuments.Kind, entry.Value, "log", attemptToken);
            if (read.Document.Learner != actor.Person)
            {
                throw Refused.NotFound("log");
            }

            read.Document.RequireOpen();
            return (read.Document.Organization, ConfirmationSubject.Of(read.Document));
        }, cancellationToken);

    /// <summary>A teacher of the learner makes the link, to hand it over in person.</summary>
    /// <exception cref="RefusedException"><c>confirmation.not-found</c>, <c>confirmation.closed</c>.</exception>
    public Task<string> MakeByHandAsync(Actor actor, ConfirmationId id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(ConfirmationDocuments.Kind, id.Value, "confirmation", attemptToken);
            var teacher = await teaching.FindAsync(actor, read.Document.Learner, read.Document.Organization, attemptToken) ?? throw Refused.NotFound("confirmation");
            var secret = NewId.Random();
            return new Outcome<string>(
                teacher.RequireIn(new Changes()).Replace(ConfirmationDocuments.Kind, read, read.Document.WithSecret(HashOf(secret), clock.Now())), secret, id.Value);
        },
        cancellationToken);

    /// <summary>What the link is about; changes nothing.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>.</exception>
    public async Task<OfferedConfirmation> LookAsync(string secret, CancellationToken cancellationToken)
    {
        var waiting = (await FindAsync(secret, cancellationToken)).Document;
        var learner = await store.GetAsync(PersonDocuments.Kind, waiting.Learner.Value, "person", cancellationToken);
        var school = await store.GetAsync(OrganizationDocuments.Kind, waiting.Organization.Value, "organization", cancellationToken);
        return new(waiting, learner.Document.DisplayName, school.Document.Name);
    }

    /// <summary>The mentor's words. A yes to an entry of the log also confirms its hours, unless the learner has rewritten it since asking.</summary>
    /// <exception cref="RefusedException">Those of <see cref="Confirmation.AnswerWith"/>.</exception>
    public Task<Confirmation> AnswerAsync(string secret, bool saw, string name, string relation, DateOnly seenOn, string words, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await FindAsync(secret, attemptToken);
            var now = clock.Now();
            var school = await store.GetAsync(OrganizationDocuments.Kind, read.Document.Organization.Value, "organization", attemptToken);
            var answered = read.Document.AnswerWith(new(saw, name, relation, seenOn, words, now), school.Document.DayOf(now));
            var changes = new Changes().Replace(ConfirmationDocuments.Kind, read, answered).Notify(answered.Learner, NoticeKind.MentorAnswered, answered.Id.Value, now);
            // What was rewritten after the question is not what the mentor was shown.
            if (saw && answered.Subject.LogEntry is { } entry && await store.FindAsync(LogDocuments.Kind, entry, attemptToken) is { Document.Signature: null } log
                && log.Document.WrittenAt <= answered.AskedAt && ConfirmationSubject.Of(log.Document) == answered.Subject)
            {
                changes.Replace(LogDocuments.Kind, log, log.Document.Sign(new(LogSigner.Mentor, null, now, answered.Answer!.Words)));
            }

            return new Outcome<Confirmation>(changes, answered, answered.Id.Value);
        },
        cancellationToken);

    /// <summary>What mentors were asked and said about a piece of work, to whoever may read it; about proof of the draft, to the learner alone.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>.</exception>
    public async Task<Page<Confirmation>> OfAsync(Actor actor, SubmissionId work, Func<DocumentQuery<Confirmation>, DocumentQuery<Confirmation>> page, CancellationToken cancellationToken)
    {
        var seen = await reading.SeenByAsync(actor, (await reading.ReadAsync(actor, work, cancellationToken)).Document, cancellationToken);
        var items = seen.Draft.Concat(seen.Attempts.SelectMany(attempt => attempt.Work)).SelectMany(skill => skill.Items).Select(item => item.Id).ToHashSet(StringComparer.Ordinal);
        var found = await store.QueryAsync(ConfirmationDocuments.Kind, page(ConfirmationDocuments.BySubmission.Where(work.Value)), cancellationToken);
        return found with { Items = [.. found.Items.Where(read => seen.Learner == actor.Person || items.Contains(read.Document.Subject.EvidenceId!))] };
    }

    /// <summary>What mentors were asked and said about an entry of a log.</summary>
    /// <exception cref="RefusedException"><c>log.not-found</c>.</exception>
    public async Task<Page<Confirmation>> OfAsync(Actor actor, LogEntryId entry, Func<DocumentQuery<Confirmation>, DocumentQuery<Confirmation>> page, CancellationToken cancellationToken)
    {
        await logs.ReadAsync(actor, entry, cancellationToken);
        return await store.QueryAsync(ConfirmationDocuments.Kind, page(ConfirmationDocuments.ByLogEntry.Where(entry.Value)), cancellationToken);
    }

    private Task<Read<Confirmation>> AskAsync(
        Actor actor, string mentor, string address, RequestKey? key, Func<CancellationToken, Task<(OrganizationId Organization, ConfirmationSubject Subject)>> about, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var (organization, subject) = await about(attemptToken);
            var now = clock.Now();
            if (await store.CountAsync(ConfirmationDocuments.Kind, ConfirmationDocuments.Waiting.Where(actor.Person.Value).From(now), Confirmation.MaxWaiting, attemptToken) >= Confirmation.MaxWaiting)
            {
                throw Refused.Conflict("confirmation.too-many", $"{Confirmation.MaxWaiting} people have not answered you yet; please wait for one of them.");
            }

            var to = Destination.TryParse(Channel.Mail, address) ?? Destination.TryParse(Channel.Text, address)
                ?? throw Refused.Invalid("confirmation.address", "Please give a mail address, such as coach@club.example, or a telephone number with its country, such as +15555550123.");
            var secret = NewId.Random();
            var asked = Confirmation.Ask(ConfirmationId.New(now), actor.Person, organization, subject, mentor, to, now).WithSecret(HashOf(secret), now);
            var changes = new Changes();
            letters.WriteLink(changes, to, LetterKind.MentorLink, $"/confirmation/{secret}", now);
            return changes.Adding(ConfirmationDocuments.Kind, asked);
        },
        (id, replayToken) => store.GetAsync(ConfirmationDocuments.Kind, id, "confirmation", replayToken),
        cancellationToken);

    private async Task<Read<Confirmation>> FindAsync(string secret, CancellationToken cancellationToken)
    {
        var read = await store.FirstAsync(ConfirmationDocuments.Kind, ConfirmationDocuments.BySecret.Where(HashOf(secret)), cancellationToken);
        return read is not null && read.Document.WaitsAt(clock.Now()) ? read : throw Refused.Gone("link.gone", "This was answered, or the time for it is over. Thank you.");
    }

    private static string HashOf(string secret) => Sha256Digest.Of(Encoding.UTF8.GetBytes(secret)).Hex;
}
