using SkillBadges.Core.Evidence.Together;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Evidence.Custody;

/// <summary>
/// Erases the content of a piece of proof, also of work that was decided: the school's registry does it, on the family's word or its own rules of keeping. Who, when and why stay with the work; so does the digest.
/// </summary>
public sealed class ErasureWorkflow(Commits commits, Authority authority, EvidenceUsage usage, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>submission.not-found</c>, also when it is not of the actor's school; <c>request.stale</c>, and those of <see cref="Submission.Erase"/>.</exception>
    public async Task<Read<Submission>> EraseAsync(Actor actor, SubmissionId id, string itemId, string reason, long? ifMatch, CancellationToken cancellationToken)
    {
        var organization = (await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", cancellationToken)).Document.Organization;
        return await usage.AloneAsync(organization, () => commits.RunAsync(
            async attemptToken =>
            {
                var read = (await store.GetAsync(SubmissionDocuments.Kind, id.Value, "submission", attemptToken)).MustBe(ifMatch);
                var registrar = await authority.FindAsync(actor, read.Document.Organization, Offices.Registry, attemptToken) ?? throw Refused.NotFound("submission");
                var now = clock.Now();
                var erased = read.Document.Erase(itemId, actor.Person, reason, now);
                var changes = new Changes().Replace(SubmissionDocuments.Kind, read, erased).Require(MembershipDocuments.Kind, registrar);
                if (await SharedAsync(read.Document, itemId, attemptToken) is { } shared)
                {
                    changes.Replace(TeamWorkDocuments.Kind, shared, shared.Document.Erase(now));
                }

                await usage.SettleAsync(changes, read.Document, erased, now, attemptToken);
                return new Outcome<Read<Submission>>(changes, read.Became(erased), id.Value);
            },
            cancellationToken), cancellationToken);
    }

    /// <summary>Erases the files of a class whose time is over; how many. The work keeps its day of change: nobody touched it.</summary>
    /// <param name="before">What rests since then, or longer.</param>
    /// <param name="reason">What stays with the work.</param>
    public Task<int> LapseAsync(Read<Submission> found, RetentionClass kept, DateTimeOffset before, string reason, CancellationToken cancellationToken) =>
        usage.AloneAsync(found.Document.Organization, () => commits.RunAsync(
            async attemptToken =>
            {
                var read = await store.GetAsync(SubmissionDocuments.Kind, found.Id, "submission", attemptToken);
                var (work, now, changes) = (read.Document, clock.Now(), new Changes());
                var due = Retention.RestsSince(work) <= before ? Retention.FilesOf(work).Where(item => Retention.ClassOf(item) == kept).Select(item => item.Id).ToList() : [];
                if (due.Count == 0)
                {
                    return new Outcome<int>(changes, 0, found.Id);
                }

                var erased = due.Aggregate(work, (left, item) => left.Erase(item, null, reason, now)) with { UpdatedAt = work.UpdatedAt };
                changes.Replace(SubmissionDocuments.Kind, read, erased);
                foreach (var item in due)
                {
                    if (await SharedAsync(work, item, attemptToken) is { } shared)
                    {
                        changes.Replace(TeamWorkDocuments.Kind, shared, shared.Document.Erase(now));
                    }
                }

                await usage.SettleAsync(changes, work, erased, now, attemptToken);
                return new Outcome<int>(changes, due.Count, found.Id);
            },
            cancellationToken), cancellationToken);

    // A team's piece holds the same content a second time: as what one of them handed in, or as what the first of them shared.
    private async Task<Read<TeamWork>?> SharedAsync(Submission work, string itemId, CancellationToken cancellationToken)
    {
        if (work.AllItems.First(item => item.Id == itemId).Team is { } part)
        {
            return await store.FindAsync(TeamWorkDocuments.Kind, part.TeamWork, cancellationToken);
        }

        await foreach (var read in store.AllAsync(TeamWorkDocuments.Kind, TeamWorkDocuments.ByMember.Where(work.Learner.Value), cancellationToken))
        {
            if (read.Document.Piece.Id == itemId)
            {
                return read;
            }
        }

        return null;
    }
}
