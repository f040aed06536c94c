using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Together;

/// <summary>A team's work as somebody may know it.</summary>
/// <param name="Known">The members whom the reader may know of, in order.</param>
public sealed record SeenTeamWork(TeamWork Work, IReadOnlyList<TeamMember> Known);

/// <summary>Students share what they made together; each takes it into work of their own.</summary>
public sealed class TeamWorkWorkflow(Commits commits, Authority authority, ClassTeaching teaching, SubmissionWorkflow submissions, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Shares a piece of the actor's draft with those who made it, too: people of the same school.</summary>
    /// <exception cref="RefusedException"><c>submission.not-found</c>, <c>evidence.not-found</c>, <c>team-work.not-a-learner</c>, and those of <see cref="TeamWork.Share"/>.</exception>
    public Task<Read<TeamWork>> ShareAsync(Actor actor, SubmissionId work, string evidence, IReadOnlyCollection<PersonId> others, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await submissions.OwnAsync(actor, work, attemptToken);
            var piece = read.Document.Draft.SelectMany(skill => skill.Items).FirstOrDefault(item => item.Id == evidence) ?? throw Refused.NotFound("evidence");
            var now = clock.Now();
            var shared = TeamWork.Share(TeamWorkId.New(now), read.Document.Organization, actor.Person, piece, others, now);
            var changes = new Changes().Require(SubmissionDocuments.Kind, read);
            foreach (var member in shared.Members.Skip(1))
            {
                var role = await authority.FindAsync(new(member.Person), shared.Organization, Offices.Learners, attemptToken)
                    ?? throw Refused.Invalid("team-work.not-a-learner", "A team is made of people who learn at the same school.");
                changes.Require(MembershipDocuments.Kind, role).Notify(member.Person, NoticeKind.TeamWorkShared, shared.Id.Value, now);
            }

            return changes.Adding(TeamWorkDocuments.Kind, shared);
        },
        (id, replayToken) => store.GetAsync(TeamWorkDocuments.Kind, id, "team-work", replayToken),
        cancellationToken);

    /// <exception cref="RefusedException"><c>team-work.not-found</c>.</exception>
    public Task<Read<TeamWork>> AcceptAsync(Actor actor, TeamWorkId id, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var read = await store.GetAsync(TeamWorkDocuments.Kind, id.Value, "team-work", attemptToken);
            var accepted = read.Document.Accept(actor.Person, clock.Now());
            return new Changes().Replacing(TeamWorkDocuments.Kind, read, accepted);
        },
        (accepted, replayToken) => store.GetAsync(TeamWorkDocuments.Kind, accepted, "team-work", replayToken),
        cancellationToken);

    /// <summary>Takes the team's piece into the actor's own draft.</summary>
    /// <exception cref="RefusedException">Those of <see cref="TeamWork.ProofOf"/> and of <see cref="SubmissionWorkflow.AddEvidenceAsync"/>.</exception>
    public async Task<Read<Submission>> ProveAsync(
        Actor actor, SubmissionId work, string competencyId, TeamWorkId id, string ownPart, string? option, long? ifMatch, RequestKey? key, CancellationToken cancellationToken)
    {
        var shared = (await store.GetAsync(TeamWorkDocuments.Kind, id.Value, "team-work", cancellationToken)).Document;
        var now = clock.Now();
        var proof = shared.ProofOf(actor.Person, ownPart, NewId.Ordered(now), now) with { OptionId = option };
        return await submissions.AddEvidenceAsync(actor, work, competencyId, proof, ifMatch, key, cancellationToken);
    }

    /// <summary>Members know each other; a teacher learns of those whom they teach, and how many there are. Nobody else learns anything.</summary>
    /// <exception cref="RefusedException"><c>team-work.not-found</c>.</exception>
    public async Task<SeenTeamWork> ReadAsync(Actor actor, TeamWorkId id, CancellationToken cancellationToken)
    {
        var work = (await store.GetAsync(TeamWorkDocuments.Kind, id.Value, "team-work", cancellationToken)).Document;
        if (work.Names(actor.Person))
        {
            return new(work, work.Members);
        }

        var known = new List<TeamMember>();
        foreach (var member in work.Members)
        {
            if (await teaching.FindAsync(actor, member.Person, work.Organization, cancellationToken) is not null)
            {
                known.Add(member);
            }
        }

        return known.Count > 0 ? new(work, known) : throw Refused.NotFound("team-work");
    }

    /// <summary>What the actor made with others, latest first.</summary>
    public Task<Page<TeamWork>> OwnAsync(Actor actor, Func<DocumentQuery<TeamWork>, DocumentQuery<TeamWork>> page, CancellationToken cancellationToken) =>
        store.QueryAsync(TeamWorkDocuments.Kind, page(TeamWorkDocuments.ByMember.Where(actor.Person.Value).Descending()), cancellationToken);
}
