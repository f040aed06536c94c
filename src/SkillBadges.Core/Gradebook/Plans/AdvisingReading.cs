using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Gradebook.Plans;

/// <param name="Plans">Latest first.</param>
/// <param name="Schools">Where they study and the reader has a say in their plan.</param>
public sealed record StudentPlans(Person Student, IReadOnlyList<Plan> Plans, IReadOnlyList<OrganizationId> Schools);

/// <summary>The students of a school and how far their plans are, for its counselors and its office; and the plans of one, for everybody who has a say in them.</summary>
public sealed class AdvisingReading(IDocumentStore store, Authority authority, PlanAccess access, TimeProvider clock)
{
    // While students are sought whose review is not signed, a request goes over this many pages of them.
    private const int MostPages = 10;

    /// <param name="actor">Of the school's records office.</param>
    /// <param name="school">Where.</param>
    /// <param name="unsignedOnly">Only those whose last review is not signed, or who have none. A page may then hold fewer, or some more.</param>
    /// <param name="page">Which part of the students, in the order in which they came.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The students by name within the part, and the cursor of the next one.</returns>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<(IReadOnlyList<AdvisedStudent> Students, string? Next)> ListAsync(
        Actor actor, OrganizationId school, bool unsignedOnly, Func<DocumentQuery<Membership>, DocumentQuery<Membership>> page, CancellationToken cancellationToken)
    {
        await authority.RequireAsync(actor, school, Offices.Records, cancellationToken);
        var query = page(MembershipDocuments.ByOrganization.Where(school.Value, nameof(Role.Student)));
        var found = new List<AdvisedStudent>();
        for (var looked = 0; ; looked++)
        {
            var part = await store.QueryAsync(MembershipDocuments.Kind, query, cancellationToken);
            var students = await StudentsAsync(school, [.. part.Documents.Where(membership => membership.HoldsAt(clock.Now())).Select(membership => membership.Person.Value).Distinct()], cancellationToken);
            found.AddRange(students.Where(student => !unsignedOnly || student.Progress != PlanProgress.Agreed));
            if (part.Next is null || looked + 1 == MostPages || found.Count >= query.Limit || !unsignedOnly)
            {
                return ([.. found.OrderBy(one => SearchText.Of(one.Student.DisplayName), StringComparer.Ordinal)], part.Next);
            }

            query = query.After(part.Next);
        }
    }

    /// <param name="actor">The learner, the family, a teacher of theirs or the records office.</param>
    /// <param name="learner">Whose plans.</param>
    /// <param name="school">The one for which staff ask; null for all of them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="RefusedException"><c>learner.not-found</c> also where there is nothing in which the actor has a say.</exception>
    public async Task<StudentPlans> OfStudentAsync(Actor actor, PersonId learner, OrganizationId? school, CancellationToken cancellationToken)
    {
        var held = await store.RolesHeldAsync(learner, clock.Now(), cancellationToken);
        var studies = held.Where(membership => membership.Role == Role.Student).Select(membership => membership.Organization).ToHashSet();
        var written = (await store.WholeAsync(PlanDocuments.Kind, PlanDocuments.ByLearner.Where(learner.Value).Descending(), cancellationToken)).Documents.ToList();
        var open = new HashSet<OrganizationId>();
        foreach (var place in studies.Concat(written.Select(plan => plan.Organization)).Distinct().Where(place => school is null || place == school))
        {
            if (await access.FindAsync(actor, learner, place, new(), cancellationToken) is not null)
            {
                open.Add(place);
            }
        }

        var isOwn = school is null && learner == actor.Person && !actor.IsLimited;
        return open.Count > 0 || isOwn
            ? new((await store.GetAsync(PersonDocuments.Kind, learner.Value, "learner", cancellationToken)).Document, [.. written.Where(plan => open.Contains(plan.Organization))], [.. studies.Where(open.Contains)])
            : throw Refused.NotFound("learner");
    }

    private async Task<IEnumerable<AdvisedStudent>> StudentsAsync(OrganizationId school, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        var people = await store.FindAllAsync(PersonDocuments.Kind, ids, cancellationToken);
        var written = await store.WholeAsync(PlanDocuments.Kind, PlanDocuments.ByLearner.WhereAny(ids), cancellationToken);
        var plans = written.Documents.Where(plan => plan.Organization == school).GroupBy(plan => plan.Learner).ToDictionary(of => of.Key, of => of.MaxBy(plan => plan.OpenedAt)!);
        var reviews = (await store.FindAllAsync(PlanDocuments.Reviews, plans.Values.Where(plan => plan.Reviews > 0).Select(plan => PlanReview.IdOf(plan.Id, plan.Reviews)), cancellationToken))
            .ToDictionary(review => review.Plan, StringComparer.Ordinal);
        return people.Select(person => plans.TryGetValue(person.Id, out var plan) ? new AdvisedStudent(person, plan, reviews.GetValueOrDefault(plan.Id)) : new(person, null, null));
    }
}
