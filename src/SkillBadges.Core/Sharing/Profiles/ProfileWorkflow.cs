using System.Collections.Immutable;
using SkillBadges.Core.Issuing;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Sharing.Profiles;

/// <summary>A learner writes a profile and says who sees it; others at the school propose lines.</summary>
public sealed class ProfileWorkflow(Commits commits, ProfileAccess access, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The profile as the actor may see it.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>.</exception>
    public Task<SeenProfile> ReadAsync(Actor actor, PersonId learner, OrganizationId? school, CancellationToken cancellationToken) => access.RequireAsync(actor, learner, school, new(), cancellationToken);

    /// <summary>The profile as the actor may see it at the first of these schools at which there is something to do with the learner, and that school; null where there is none.</summary>
    public async Task<(SeenProfile Seen, OrganizationId School)?> FindAsync(Actor actor, PersonId learner, IEnumerable<OrganizationId> schools, CancellationToken cancellationToken)
    {
        foreach (var school in schools)
        {
            if (await access.FindAsync(actor, learner, school, new(), cancellationToken) is { } seen)
            {
                return (seen, school);
            }
        }

        return null;
    }

    /// <summary>The learner writes it anew.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>profile.lines</c>, <c>award.not-found</c>, <c>request.stale</c>.</exception>
    public Task<SeenProfile> WriteAsync(Actor actor, PersonId learner, IReadOnlyCollection<ProfileLine> lines, long? ifMatch, CancellationToken cancellationToken) => ChangeAsync(
        actor, learner, null, true, ifMatch,
        async (seen, _, token) =>
        {
            var written = seen.Profile.Write(lines, clock.Now());
            var awards = await store.FindAllAsync(AwardDocuments.Kind, written.Lines.Select(line => line.Award?.Value).OfType<string>(), token);
            return written.Lines.All(line => line.Award is not { } award || awards.Any(one => one.Id == award && one.Learner == actor.Person)) ? written : throw Refused.NotFound("award");
        },
        cancellationToken);

    /// <summary>The learner says who sees which part.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>request.stale</c>.</exception>
    public Task<SeenProfile> ShowAsync(Actor actor, PersonId learner, IReadOnlyDictionary<ProfileBlock, ImmutableArray<ProfileAudience>> shown, long? ifMatch, CancellationToken cancellationToken) =>
        ChangeAsync(actor, learner, null, true, ifMatch, (seen, _, _) => Task.FromResult(seen.Profile.Show(shown)), cancellationToken);

    /// <summary>A teacher of the learner, the office or the family proposes a line.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>profile.own</c>, <c>profile.lines</c>, <c>profile.proposals-full</c>.</exception>
    public Task<SeenProfile> ProposeAsync(Actor actor, PersonId learner, OrganizationId school, ProfileBlock block, string text, CancellationToken cancellationToken) => ChangeAsync(
        actor, learner, school, false, null,
        (seen, changes, _) =>
        {
            var now = clock.Now();
            var proposed = seen.Voice != ProfileVoice.Learner
                ? seen.Profile.Propose(new(NewId.Ordered(now), block, text, null, new(actor.Person, seen.Voice, now)))
                : throw Refused.Forbidden("profile.own", "It is your own profile: please write in it.");
            if (proposed != seen.Profile)
            {
                changes.Notify(seen.Profile.Learner, NoticeKind.ProfileProposed, seen.Profile.Learner.Value, now);
            }

            return Task.FromResult(proposed);
        },
        cancellationToken);

    /// <summary>The learner accepts or declines what somebody proposed.</summary>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>profile-proposal.not-found</c>, <c>profile.lines</c>.</exception>
    public Task<SeenProfile> AnswerAsync(Actor actor, PersonId learner, string proposal, bool isAccepted, CancellationToken cancellationToken) =>
        ChangeAsync(actor, learner, null, true, null, (seen, _, _) => Task.FromResult(seen.Profile.Answer(proposal, isAccepted)), cancellationToken);

    private Task<SeenProfile> ChangeAsync(
        Actor actor, PersonId learner, OrganizationId? school, bool isForLearner, long? ifMatch, Func<SeenProfile, Changes, CancellationToken, Task<LearnerProfile>> change, CancellationToken cancellationToken) => commits.RunAsync(
        async token =>
        {
            var changes = new Changes();
            var seen = await access.RequireAsync(actor, learner, school, changes, token);
            if (isForLearner && seen.Voice != ProfileVoice.Learner)
            {
                throw Refused.NotFound("learner");
            }

            if (ifMatch is { } version && version != (seen.Read?.Version ?? 0))
            {
                throw Refused.Stale("request.stale", "This changed since you read it; please read it again and decide anew.");
            }

            var next = await change(seen, changes, token);
            var outcome = seen.Read is { } read ? changes.Replacing(ProfileDocuments.Kind, read, next) : changes.Adding(ProfileDocuments.Kind, next);
            return new Outcome<SeenProfile>(changes, seen with { Read = outcome.Result }, next.Learner.Value);
        },
        cancellationToken);
}
