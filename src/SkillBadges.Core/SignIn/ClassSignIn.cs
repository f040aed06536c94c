using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <param name="Purpose">A link to join for who has no account yet, else one for a new password.</param>
/// <param name="Secret">Shown once; kept as a hash alone.</param>
public sealed record StudentLink(LinkPurpose Purpose, string Secret);

/// <summary>
/// A teacher lets a student of their class in. It is the account as a whole that a link opens: of whoever is anything else than a student of this school, a teacher makes none.
/// </summary>
public sealed class ClassSignIn(Commits commits, ClassListWorkflow lists, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <exception cref="RefusedException"><c>class-section.not-found</c>, <c>class-section.office-keeps</c>, <c>learner.not-found</c>, <c>account.also-elsewhere</c>.</exception>
    public Task<StudentLink> MakeAsync(Actor teacher, ClassSectionId id, PersonId student, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var (read, changes) = await lists.OwnAsync(teacher, id, attemptToken);
            var section = read.Document;
            if (!section.Students.Contains(student))
            {
                throw Refused.NotFound("learner");
            }

            await RequireStudentAloneAsync(section.Organization, student, now, changes, attemptToken);
            changes.Require(ClassSectionDocuments.Kind, read);
            var account = await store.FindAsync(AccountDocuments.Kind, student.Value, attemptToken);
            if (account is not null)
            {
                var (reset, secret) = PasswordResetWorkflow.NewLink(student, now);
                changes.Require(AccountDocuments.Kind, account).Add(OneTimeLinkDocuments.Kind, reset).Audit(section.Organization, teacher, ActKind.PasswordLinkMade, student.Value, now);
                return new Outcome<StudentLink>(changes, new(LinkPurpose.PasswordReset, secret), reset.Id);
            }

            var made = NewId.Random();
            var link = new OneTimeLink(NewId.Ordered(now), OneTimeLink.HashOf(made), LinkPurpose.Invitation, now + OneTimeLink.InvitationLifetime)
            {
                Organization = section.Organization,
                Role = Role.Student,
                Person = student,
                MadeBy = teacher.Person,
                Section = id,
            };
            changes.Add(OneTimeLinkDocuments.Kind, link).Audit(section.Organization, teacher, ActKind.Invited, student.Value, now);
            return new Outcome<StudentLink>(changes, new(LinkPurpose.Invitation, made), link.Id);
        },
        cancellationToken);

    // A role that begins elsewhere at this moment is a new document, which no commit can require to be absent: the link lasts an hour, and its making is in the books.
    private async Task RequireStudentAloneAsync(OrganizationId school, PersonId student, DateTimeOffset now, Changes changes, CancellationToken cancellationToken)
    {
        await foreach (var membership in store.AllAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(student.Value), cancellationToken))
        {
            if (membership.Document.HoldsAt(now))
            {
                changes.Require(MembershipDocuments.Kind, membership);
                if (membership.Document.Role != Role.Student || membership.Document.Organization != school)
                {
                    throw Refused.Forbidden("account.also-elsewhere", "This person also belongs to organizations that you do not administer; ask the state office.");
                }
            }
        }
    }
}
