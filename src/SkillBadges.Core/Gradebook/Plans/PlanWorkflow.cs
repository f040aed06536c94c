using System.Collections.Immutable;
using SkillBadges.Core.Definitions;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Plans;

/// <summary>Learner, family and advisers write a plan together, meet over it, and sign what they met over.</summary>
public sealed class PlanWorkflow(Commits commits, Authority authority, PlanAccess access, PlanPrefill prefill, TimeProvider clock)
{
    private const int MaxNotesLength = 4_000;

    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">The learner, a guardian who holds the rights, a teacher of the learner, or the records office.</param>
    /// <param name="learner">A learner of the school.</param>
    /// <param name="school">Where.</param>
    /// <param name="period">Badges that are begun and not finished become targets of this period, and goals of the profile goals of the plan; null begins with an empty plan.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c>, <c>stage.reporting-off</c>, <c>plan.content</c>.</exception>
    public Task<Read<Plan>> OpenAsync(Actor actor, PersonId learner, OrganizationId school, string? period, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var changes = new Changes();
            var voice = await access.FindAsync(actor, learner, school, changes, attemptToken) ?? throw Refused.NotFound("learner");
            var enrolled = await authority.FindAsync(new(learner), school, Offices.Learners, attemptToken) ?? throw Refused.NotFound("learner");
            changes.Require(MembershipDocuments.Kind, enrolled);
            var now = clock.Now();
            var content = await prefill.OfAsync(new(actor.Person, voice, now), actor, learner, school, period, attemptToken);
            var plan = new Plan(NewId.Ordered(now), learner, school, now, content, 0);
            return changes.Adding(PlanDocuments.Kind, plan);
        },
        (id, token) => store.GetAsync(PlanDocuments.Kind, id, "plan", token),
        cancellationToken);

    /// <exception cref="RefusedException"><c>plan.not-found</c>.</exception>
    public async Task<Read<Plan>> ReadAsync(Actor actor, string id, CancellationToken cancellationToken) => (await FindAsync(actor, id, new(), cancellationToken)).Plan;

    /// <summary>The plans of a learner that the actor may see, latest first.</summary>
    public async Task<Page<Plan>> OfLearnerAsync(Actor actor, PersonId learner, Func<DocumentQuery<Plan>, DocumentQuery<Plan>> page, CancellationToken cancellationToken)
    {
        var found = await store.QueryAsync(PlanDocuments.Kind, page(PlanDocuments.ByLearner.Where(learner.Value).Descending()), cancellationToken);
        var seen = new List<Read<Plan>>();
        foreach (var read in found.Items)
        {
            if (await access.FindAsync(actor, learner, read.Document.Organization, new(), cancellationToken) is not null)
            {
                seen.Add(read);
            }
        }

        return seen.Count > 0 || (await store.SameLearnerAsync(learner, cancellationToken)).Contains(actor.Person) ? new(seen, found.Next) : throw Refused.NotFound("learner");
    }

    /// <summary>Writes the plan anew; lines that stay keep their author.</summary>
    /// <exception cref="RefusedException"><c>plan.not-found</c>, <c>plan.content</c>, <c>badge.not-found</c>, <c>request.stale</c>.</exception>
    public Task<Read<Plan>> WriteAsync(Actor actor, string id, PlanContent content, long? ifMatch, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            var (read, voice) = await FindAsync(actor, id, changes, attemptToken);
            read.MustBe(ifMatch);
            var written = content.WrittenOver(read.Document.Content, new(actor.Person, voice, clock.Now()));
            ImmutableArray<string> badges = [.. written.Targets.Select(target => target.Badge).Distinct(StringComparer.Ordinal)];
            if ((await store.FindManyAsync(DefinitionDocuments.Heads, badges, attemptToken)).Count < badges.Length)
            {
                throw Refused.NotFound("badge");
            }

            var plan = read.Document with { Content = written };
            return changes.Replacing(PlanDocuments.Kind, read, plan);
        },
        cancellationToken);

    /// <summary>Keeps the plan as it is today, for good, to be signed.</summary>
    /// <exception cref="RefusedException"><c>plan.not-found</c>, <c>plan.notes</c>, <c>request.stale</c>.</exception>
    public Task<Read<PlanReview>> ReviewAsync(Actor actor, string id, string? notes, long? ifMatch, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var changes = new Changes();
            var (read, _) = await FindAsync(actor, id, changes, attemptToken);
            var plan = read.MustBe(ifMatch).Document with { Reviews = read.Document.Reviews + 1 };
            var review = new PlanReview(
                id, plan.Reviews, plan.Content, plan.Content.ComputeHash(), DisplayText.Optional(notes, MaxNotesLength, "plan.notes"), actor.Person, clock.Now());
            return changes.Replace(PlanDocuments.Kind, read, plan).Adding(PlanDocuments.Reviews, review);
        },
        (review, token) => store.GetAsync(PlanDocuments.Reviews, review, "plan-review", token),
        cancellationToken);

    /// <summary>The reviews of a plan, latest first.</summary>
    /// <exception cref="RefusedException"><c>plan.not-found</c>.</exception>
    public async Task<Page<PlanReview>> ReviewsAsync(Actor actor, string id, Func<DocumentQuery<PlanReview>, DocumentQuery<PlanReview>> page, CancellationToken cancellationToken)
    {
        await FindAsync(actor, id, new(), cancellationToken);
        return await store.QueryAsync(PlanDocuments.Reviews, page(PlanDocuments.ByPlan.Where(id).Descending()), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>plan.not-found</c>, <c>plan-review.not-found</c>, <c>plan.review-other</c>.</exception>
    public Task<Read<PlanReview>> SignAsync(Actor actor, string id, int number, Sha256Digest hash, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            var (_, voice) = await FindAsync(actor, id, changes, attemptToken);
            var read = await store.GetAsync(PlanDocuments.Reviews, PlanReview.IdOf(id, number), "plan-review", attemptToken);
            var signed = read.Document.Sign(hash, new(actor.Person, voice, clock.Now()));
            return signed == read.Document
                ? new Outcome<Read<PlanReview>>(changes, read, read.Id)
                : changes.Replacing(PlanDocuments.Reviews, read, signed);
        },
        cancellationToken);

    private async Task<(Read<Plan> Plan, PlanVoice Voice)> FindAsync(Actor actor, string id, Changes changes, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(PlanDocuments.Kind, id, "plan", cancellationToken);
        return (read, await access.FindAsync(actor, read.Document.Learner, read.Document.Organization, changes, cancellationToken) ?? throw Refused.NotFound("plan"));
    }
}
