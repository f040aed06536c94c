using SkillBadges.Core.Ledger;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Reporting.Teachers;

/// <summary>The office corrects who is of record; those who are sign it. A class and an entry of the ledger are each named by their id.</summary>
public sealed class TeachersWorkflow(Commits commits, Authority authority, TeachersReading reading, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>For the school's office, and for teachers who have a part in it.</summary>
    /// <exception cref="RefusedException"><c>teaching.not-found</c>.</exception>
    public async Task<StandingTeachers> ReadAsync(Actor actor, string id, CancellationToken cancellationToken) => (await OpenAsync(actor, id, cancellationToken)).Standing;

    /// <summary>Enters a learner's teachers in place of what the roster says, for a reason that is kept; no lines give the learner back to the roster. For the school's office.</summary>
    /// <param name="seen">Digest of the lines that the office read.</param>
    /// <exception cref="RefusedException">
    /// <c>teaching.not-found</c>, <c>role.missing</c>, <c>teachers-of-record.changed</c>, <c>teachers-of-record.not-a-teacher</c>, <c>teachers-of-record.not-a-student</c>, and those of <see cref="TeachersOfRecord.Correct"/>.
    /// </exception>
    public Task<StandingTeachers> CorrectAsync(
        Actor actor, string id, PersonId learner, IReadOnlyCollection<LearnerTeachers> lines, string? reason, Sha256Digest seen, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var (standing, office, _) = await OpenAsync(actor, id, attemptToken);
            var role = office ?? throw NoRole();
            if (standing.Digest != seen)
            {
                throw Refused.Conflict("teachers-of-record.changed", "This changed since you read it; please look again.");
            }

            var school = standing.Record.Organization;
            foreach (var teacher in lines.SelectMany(line => line.Parts).Select(part => part.Teacher).Distinct())
            {
                await RequireEverAsync(teacher, school, Role.Teacher, "teachers-of-record.not-a-teacher", attemptToken);
            }

            await RequireEverAsync(learner, school, Role.Student, "teachers-of-record.not-a-student", attemptToken);
            return standing.Become(standing.Record.Correct(learner, lines, reason, actor.Person, clock.Now()), new Changes().Require(MembershipDocuments.Kind, role));
        },
        (_, replayToken) => ReadAsync(actor, id, replayToken),
        cancellationToken);

    /// <summary>A teacher's word that the lines are right as they stand.</summary>
    /// <param name="seen">Digest of the lines that the teacher read.</param>
    /// <exception cref="RefusedException"><c>teaching.not-found</c>, <c>role.missing</c>, and those of <see cref="TeachersOfRecord.Sign"/>.</exception>
    public Task<StandingTeachers> SignAsync(Actor actor, string id, Sha256Digest seen, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (standing, _, teacher) = await OpenAsync(actor, id, attemptToken);
            return standing.Become(standing.Record.Sign(actor.Person, standing.Lines, seen, clock.Now()), new Changes().Require(MembershipDocuments.Kind, teacher ?? throw NoRole()));
        },
        cancellationToken);

    /// <summary>
    /// The classes of a school whose lines wait for a sign-off: for the office those that wait for anybody, for a teacher those that wait for them. By name; a page may hold fewer than were asked for.
    /// </summary>
    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<(IReadOnlyList<StandingTeachers> Items, string? Next)> AwaitingAsync(
        Actor actor, OrganizationId school, Func<DocumentQuery<ClassSection>, DocumentQuery<ClassSection>> page, CancellationToken cancellationToken)
    {
        var isOffice = await authority.FindAsync(actor, school, Offices.Registry, cancellationToken) is not null;
        if (!isOffice)
        {
            await authority.RequireAsync(actor, school, [Role.Teacher], cancellationToken);
        }

        var found = await store.QueryAsync(ClassSectionDocuments.Kind, page(ClassSectionDocuments.ByOrganization.Where(school.Value)), cancellationToken);
        var waiting = new List<StandingTeachers>();
        foreach (var section in found.Items)
        {
            var standing = await reading.OfClassAsync(section, cancellationToken);
            if (isOffice ? standing.Awaited.Count > 0 : standing.Awaited.Contains(actor.Person))
            {
                waiting.Add(standing);
            }
        }

        return (waiting, found.Next);
    }

    private static RefusedException NoRole() => Refused.Forbidden("role.missing", "Your role at this organization does not include this.");

    private async Task<(StandingTeachers Standing, Read<Membership>? Office, Read<Membership>? Teacher)> OpenAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        var standing = await store.FindAsync(ClassSectionDocuments.Kind, id, cancellationToken) is { } section
            ? await reading.OfClassAsync(section, cancellationToken)
            : await reading.OfEntryAsync((await store.GetAsync(LedgerDocuments.Kind, id, "teaching", cancellationToken)).Document, cancellationToken);
        var school = standing.Record.Organization;
        var office = await authority.FindAsync(actor, school, Offices.Registry, cancellationToken);
        var teacher = standing.Lines.Any(line => line.Parts.Any(part => part.Teacher == actor.Person)) ? await authority.FindAsync(actor, school, [Role.Teacher], cancellationToken) : null;
        return office is null && teacher is null ? throw Refused.NotFound("teaching") : (standing, office, teacher);
    }

    // Who taught or learned there then may have left since.
    private async Task RequireEverAsync(PersonId person, OrganizationId school, Role role, string code, CancellationToken cancellationToken)
    {
        var memberships = await store.WholeAsync(MembershipDocuments.Kind, MembershipDocuments.ByPersonAt.Where(person.Value, school.Value), cancellationToken);
        if (!memberships.Documents.Any(membership => membership.Role == role))
        {
            throw Refused.Invalid(code, $"This person has not been a {role.ToString().ToLowerInvariant()} of this school.");
        }
    }
}
