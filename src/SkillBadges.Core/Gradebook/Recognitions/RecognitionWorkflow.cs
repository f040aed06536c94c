using System.Globalization;
using SkillBadges.Core.Evidence;
using SkillBadges.Core.Gradebook.Trust;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Issuing.Status;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Sharing;
using SkillBadges.Core.Sharing.Transfers.Carried;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Recognitions;

/// <summary>Where something is brought, for whom, and what it is to count for.</summary>
/// <param name="Badge">Slug of a badge here; null for the badge that the source is.</param>
public sealed record Bringing(OrganizationId School, PersonId Learner, string? Badge);

/// <summary>What became of one badge of a file: a case, or why it counts for nothing.</summary>
public sealed record BroughtOutcome(string Place, Read<RecognitionCase>? Case, RefusedException? Fault);

/// <summary>A learner, or the office for a learner, brings badges from elsewhere to a school.</summary>
public sealed class RecognitionWorkflow(Commits commits, Authority authority, SourceReading sources, RecognitionJudging judging, RecognitionRecord record)
{
    /// <summary>How long until a credential from elsewhere is looked at again.</summary>
    public static readonly TimeSpan Recheck = TimeSpan.FromHours(12);

    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException">
    /// <c>recognition.not-a-student</c>, <c>recognition.own</c>, <c>role.missing</c>, <c>award.not-found</c> (also where it is another learner's), <c>recognition.own-school</c>, <c>recognition.taken-back</c>, <c>recognition.exists</c>, <c>badge.not-found</c>.
    /// </exception>
    public Task<Read<RecognitionCase>> BringAwardAsync(Actor actor, Bringing to, AwardId award, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var changes = await EntryAsync(actor, to, attemptToken);
            var brought = await sources.OfAwardAsync(award, attemptToken);
            var people = await store.SameLearnerAsync(to.Learner, attemptToken);
            return people.Contains(brought.Learner!.Value) ? await BringAsync(changes, actor, to, brought, attemptToken) : throw Refused.NotFound("award");
        },
        ReplayAsync,
        cancellationToken);

    /// <summary>A file of any issuer. Of several badges in it each is taken or refused by itself; a single one is taken, or the refusal thrown.</summary>
    /// <exception cref="RefusedException">
    /// Those of <see cref="SourceReading.OfFileAsync"/> and, for a single badge, <c>recognition.another-learner</c>, <c>recognition.expired</c>, <c>recognition.taken-back</c>, <c>recognition.could-not-be-checked</c>, <c>recognition.exists</c>, <c>recognition.own-school</c>.
    /// </exception>
    public async Task<IReadOnlyList<BroughtOutcome>> BringFileAsync(Actor actor, Bringing to, ReadOnlyMemory<byte> file, string? challenge, CancellationToken cancellationToken)
    {
        // Who may not bring anything gets no free verification either.
        await EntryAsync(actor, to, cancellationToken);
        var outcomes = new List<BroughtOutcome>();
        foreach (var brought in await sources.OfFileAsync(file, challenge, to.Learner, cancellationToken))
        {
            try
            {
                var taken = await commits.RunAsync(async attemptToken => await BringAsync(await EntryAsync(actor, to, attemptToken), actor, to, brought, attemptToken), cancellationToken);
                outcomes.Add(new(brought.Place, taken, null));
            }
            catch (RefusedException refused) when (brought.Place.Length > 0)
            {
                outcomes.Add(new(brought.Place, null, refused));
            }
        }

        return outcomes;
    }

    /// <summary>An award from before, as a row of somebody's list has it. For the office; it waits for a decision.</summary>
    /// <exception cref="RefusedException"><c>role.missing</c>, <c>recognition.not-a-student</c>, <c>recognition.own</c>, <c>recognition.text</c>, <c>recognition.exists</c>.</exception>
    public Task<Read<RecognitionCase>> BringPastAsync(Actor actor, Bringing to, PastRow row, RequestKey? key, CancellationToken cancellationToken) =>
        commits.OnceAsync(key, attemptToken => PastAsync(actor, to, row, attemptToken), ReplayAsync, cancellationToken);

    /// <summary>Asks all that <see cref="BringPastAsync"/> asks, and changes nothing.</summary>
    /// <exception cref="RefusedException">Those of <see cref="BringPastAsync"/>.</exception>
    public Task TryPastAsync(Actor actor, Bringing to, PastRow row, CancellationToken cancellationToken) => PastAsync(actor, to, row, cancellationToken);

    private async Task<Outcome<Read<RecognitionCase>>> PastAsync(Actor actor, Bringing to, PastRow row, CancellationToken cancellationToken)
    {
        var changes = await EntryAsync(actor, to, cancellationToken);
        var people = await store.SameLearnerAsync(to.Learner, cancellationToken);
        return people.Contains(actor.Person) ? throw Refused.Forbidden("recognition.own", "The school's office enters awards from before.") : await BringAsync(changes, actor, to, PastAward.Row(to.Learner, row), cancellationToken);
    }

    /// <summary>A fresh question for the learner's own key.</summary>
    /// <exception cref="RefusedException"><c>recognition.not-a-student</c>, <c>role.missing</c>, <c>recognition.own</c>.</exception>
    public async Task<(string Challenge, string Domain, DateTimeOffset ExpiresAt)> AskAsync(Actor actor, Bringing to, CancellationToken cancellationToken)
    {
        await EntryAsync(actor, to, cancellationToken);
        var (challenge, asked) = await sources.AskAsync(to.Learner, cancellationToken);
        return (challenge, asked.Domain, asked.ExpiresAt);
    }

    private async Task<Outcome<Read<RecognitionCase>>> BringAsync(Changes changes, Actor actor, Bringing to, Brought brought, CancellationToken cancellationToken)
    {
        await RequireSourceAsync(changes, brought, cancellationToken);
        if (brought.Fault is { } fault)
        {
            throw fault;
        }

        if (brought.Badge.Organization == to.School)
        {
            throw Refused.Invalid("recognition.own-school", "This badge is of this school itself; it is in the record already.");
        }

        await RequireNewAsync(to, brought.Badge.Key, cancellationToken);
        var owner = await OwnerAsync(changes, to, brought, cancellationToken);
        var school = (await store.GetAsync(OrganizationDocuments.Kind, to.School.Value, "organization", cancellationToken)).Document;
        await RequireTrustAsync(changes, school, cancellationToken);
        var judged = await judging.JudgeAsync(brought, school, to.Badge, owner is not null, cancellationToken);
        var now = record.Now;
        var found = new RecognitionCase(RecognitionId.New(now), to.School, to.Learner, brought.Badge, actor.Person, now)
        {
            Owner = owner, Badge = judged.Badge?.Id, Skills = judged.Findings, RecheckAt = brought.Text is null ? null : now + Recheck,
        };
        if (brought.Text is { } text)
        {
            changes.Add(RecognitionDocuments.Texts, new(found.Id, text));
        }

        if (found.IsClear && Answering(judged, brought) is var (isAnswered, by) && isAnswered)
        {
            var recognized = found.Recognize(judged.Badge!.Id, found.Skills, Why(found, school, judged), null, now);
            found = await record.WriteAsync(changes, recognized, judged.Badge, brought, by, cancellationToken);
        }

        // The office sees the levels from now on, also while it only decides.
        Disclose(changes, actor, found, brought);

        return new(changes.Add(RecognitionDocuments.Kind, found), new(found, found.Id.Value, 1), found.Id.Value);
    }

    // Who decided at the source answers for the level; for what comes from outside, who put its issuer on the list does.
    private static (bool IsAnswered, Assessor? By) Answering(Judgement judged, Brought brought) => brought.Skills.Where(skill => judged.Findings.Any(finding => finding.SourceName == skill.Name)).All(skill => skill.Entry is not null)
        ? (true, null)
        : judged.Trust is { Entry: { } entry, Origin: var origin } ? (true, new(entry.AddedBy, Role.OrganizationAdmin, origin, AssessorRelation.AcceptsTheIssuer)) : (false, null);

    private static string Why(RecognitionCase found, Organization school, Judgement judged) => string.Create(
        CultureInfo.InvariantCulture,
        $"{found.Source.From}, whom {school.Name} accepts{(judged.Trust?.Entry?.Terms is { Scope: not TrustScope.Everything } terms ? $" for {terms.Subject}" : "")}, decided on {found.Source.EarnedAt:yyyy-MM-dd}; same skill, level and date are enough, and its badge stands.");

    /// <summary>Whoever brings: the learner, or the office for the learner.</summary>
    private async Task<Changes> EntryAsync(Actor actor, Bringing to, CancellationToken cancellationToken)
    {
        var changes = new Changes();
        var isOwn = actor.Person == to.Learner;
        if (!isOwn)
        {
            changes.Require(MembershipDocuments.Kind, await authority.RequireAsync(actor, to.School, Offices.Records, cancellationToken));
        }

        var student = await authority.FindAsync(new(to.Learner), to.School, [Role.Student], cancellationToken)
            ?? throw Refused.Invalid("recognition.not-a-student", "This is not a student of that school.");
        if (!isOwn && (await store.SameLearnerAsync(to.Learner, cancellationToken)).Contains(actor.Person))
        {
            throw Refused.Forbidden("recognition.own", "Nobody acts for the office on a record of their own.");
        }

        // A join that is made or undone meanwhile changes the person.
        return changes.Require(MembershipDocuments.Kind, student).Require(PersonDocuments.Kind, await store.GetAsync(PersonDocuments.Kind, to.Learner.Value, "person", cancellationToken));
    }

    private async Task RequireNewAsync(Bringing to, string source, CancellationToken cancellationToken)
    {
        if (await store.FirstAsync(RecognitionDocuments.Kind, RecognitionDocuments.Counting.Where(to.School.Value, source), cancellationToken) is not null
            || await store.FirstAsync(RecognitionDocuments.Kind, RecognitionDocuments.Open.Where(to.School.Value, to.Learner.Value, source), cancellationToken) is not null)
        {
            throw Refused.Conflict("recognition.exists", "This badge was brought to this school before: it counts already, or waits for the office.");
        }
    }

    private async Task RequireSourceAsync(Changes changes, Brought brought, CancellationToken cancellationToken)
    {
        if (brought.Badge.Award is { } award)
        {
            var read = await store.GetAsync(AwardDocuments.Kind, award.Value, "award", cancellationToken);
            var status = await store.GetAsync(CredentialStatusDocuments.Kind, read.Document.Credential.Value, "award", cancellationToken);
            changes.Require(CredentialStatusDocuments.Kind, status);
        }
    }

    private async Task RequireTrustAsync(Changes changes, Organization school, CancellationToken cancellationToken)
    {
        foreach (var list in await store.FindManyAsync(TrustDocuments.Kind, [.. new[] { school.Id, school.Parent }.OfType<OrganizationId>().Select(id => id.Value)], cancellationToken))
        {
            changes.Require(TrustDocuments.Kind, list);
        }
    }

    private async Task<OwnerProof?> OwnerAsync(Changes changes, Bringing to, Brought brought, CancellationToken cancellationToken)
    {
        var people = await store.SameLearnerAsync(to.Learner, cancellationToken);
        if (brought.Learner is { } own)
        {
            return people.Contains(own) ? OwnerProof.OwnRecord : throw AnotherLearners();
        }

        if (brought.Subject is not { } subject)
        {
            return null;
        }

        if (subject.Length <= 200 && (await store.FirstAsync(LearnerPseudonymDocuments.Kind, LearnerPseudonymDocuments.BySubject.Where(subject), cancellationToken))?.Document is { } pseudonym)
        {
            // Another issuer that writes a learner's id of ours proves nothing by it.
            return people.Contains(pseudonym.Learner) ? pseudonym.Organization == brought.Badge.Organization ? OwnerProof.KnownSubject : null : throw AnotherLearners();
        }

        var known = await store.FindAsync(RecognitionDocuments.Dids, RecognitionDocuments.IdOf(subject), cancellationToken);
        if (known is not null)
        {
            return people.Contains(known.Document.Learner) ? OwnerProof.KnownSubject : throw AnotherLearners();
        }

        if (await store.AnsweredAsync(to.School, brought, cancellationToken) is { } answered)
        {
            changes.Require(AnsweredSubjectDocuments.Kind, answered);
            return people.Contains(answered.Document.Learner) ? OwnerProof.RecordRequest : throw AnotherLearners();
        }

        if (!brought.IsPresented)
        {
            return null;
        }

        if (subject.StartsWith("did:", StringComparison.Ordinal) && subject.Length <= BroughtBadge.MaxTextLength)
        {
            changes.Add(RecognitionDocuments.Dids, new(subject, to.Learner, record.Now));
        }

        return OwnerProof.Presentation;
    }

    private static void Disclose(Changes changes, Actor actor, RecognitionCase found, Brought brought)
    {
        if (brought is { Badge.Organization: { } keeper, Learner: { } learner })
        {
            changes.Disclose(new(NewId.Ordered(found.BroughtAt), learner, keeper, actor.Person, found.School, DisclosureBasis.Enrollment, found.Skills.Length, found.BroughtAt) { Credentials = 1, Through = found.Id.Value });
        }
    }

    internal static RefusedException AnotherLearners() => Refused.Forbidden("recognition.another-learner", "This badge is about another learner. If both records are one learner's, the registrars join them first.");

    private Task<Read<RecognitionCase>> ReplayAsync(string id, CancellationToken cancellationToken) => store.GetAsync(RecognitionDocuments.Kind, id, "recognition", cancellationToken);
}
