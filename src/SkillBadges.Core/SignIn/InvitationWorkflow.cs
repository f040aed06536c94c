using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>An invitation, with the secret of its link when it has just been made; the secret is shown once and kept as a hash only.</summary>
public sealed record MadeInvitation(Read<OneTimeLink> Link, string? Secret);

/// <summary>What an invitation offers, for the page that shows it.</summary>
public sealed record OfferedInvitation(Organization Organization, Role Role, Person? Person, bool HasAccount, DateTimeOffset ExpiresAt);

/// <summary>Who accepts without an account yet; <see cref="DisplayName"/> is for those whom no school has entered before.</summary>
public sealed record NewAccount(string LoginName, string Password, string? DisplayName);

/// <summary>Administrators invite people to a role at their organization.</summary>
public sealed class InvitationWorkflow(Commits commits, Authority authority, PasswordHashing hashing, LetterWriting letters, TimeProvider clock)
{
    private static readonly Role[] Inviters = [Role.OrganizationAdmin];

    private readonly IDocumentStore store = commits.Store;

    /// <param name="actor">Administers the organization, or the state.</param>
    /// <param name="organization">Where the role holds.</param>
    /// <param name="role">The role it gives.</param>
    /// <param name="person">Someone whom the organization has entered already, or null.</param>
    /// <param name="to">Where the link is sent, or null; somebody who is known is told besides.</param>
    /// <param name="key">Makes a repetition the same request.</param>
    /// <param name="cancellationToken">Stops between attempts.</param>
    /// <exception cref="RefusedException"><c>organization.not-found</c>, <c>role.missing</c>, <c>role.not-here</c>, <c>person.not-found</c>.</exception>
    public Task<MadeInvitation> InviteAsync(Actor actor, OrganizationId organization, Role role, PersonId? person, Destination? to, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var at = await store.GetAsync(OrganizationDocuments.Kind, organization.Value, "organization", attemptToken);
            at.Document.RequireFits(role);
            var changes = new Changes().Require(MembershipDocuments.Kind, await InviterAsync(actor, organization, role, attemptToken));
            if (person is { } known)
            {
                var membership = await authority.FindAsync(new(known), organization, Enum.GetValues<Role>(), attemptToken) ?? throw Refused.NotFound("person");
                changes.Require(MembershipDocuments.Kind, membership).Notify(known, NoticeKind.Invitation, organization.Value, now);
            }

            var secret = NewId.Random();
            var link = new OneTimeLink(NewId.Ordered(now), OneTimeLink.HashOf(secret), LinkPurpose.Invitation, now + OneTimeLink.InvitationLifetime)
            {
                Organization = organization,
                Role = role,
                Person = person,
                MadeBy = actor.Person,
            };
            if (to is not null)
            {
                letters.WriteLink(changes, to, LetterKind.Invitation, $"/invitation/{secret}", now);
            }

            changes.Add(OneTimeLinkDocuments.Kind, link).Audit(organization, actor, ActKind.Invited, person?.Value, now);
            return new Outcome<MadeInvitation>(changes, new(new(link, link.Id, 1), secret), link.Id);
        },
        async (id, replayToken) => new(await store.GetAsync(OneTimeLinkDocuments.Kind, id, "invitation", replayToken), null),
        cancellationToken);

    /// <exception cref="RefusedException"><c>role.missing</c>.</exception>
    public async Task<Page<OneTimeLink>> ListAsync(Actor actor, OrganizationId organization, Func<DocumentQuery<OneTimeLink>, DocumentQuery<OneTimeLink>> page, CancellationToken cancellationToken)
    {
        await InviterAsync(actor, organization, null, cancellationToken);
        return await store.QueryAsync(OneTimeLinkDocuments.Kind, page(OneTimeLinkDocuments.ByOrganization.Where(organization.Value).From(clock.Now())), cancellationToken);
    }

    /// <exception cref="RefusedException"><c>invitation.not-found</c>.</exception>
    public Task RevokeAsync(Actor actor, string id, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var link = await store.GetAsync(OneTimeLinkDocuments.Kind, id, "invitation", attemptToken);
            return link.Document.Organization is { } organization && await FindInviterAsync(actor, organization, null, attemptToken) is { } inviter
                ? new Outcome<bool>(new Changes().Remove(OneTimeLinkDocuments.Kind, link).Require(MembershipDocuments.Kind, inviter).Audit(organization, actor, ActKind.InvitationTakenBack, link.Document.Person?.Value, clock.Now()), true, id)
                : throw Refused.NotFound("invitation");
        },
        cancellationToken);

    /// <summary>What the link offers; changes nothing.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>.</exception>
    public async Task<OfferedInvitation> LookAsync(string secret, CancellationToken cancellationToken)
    {
        var link = (await store.GetLinkAsync(LinkPurpose.Invitation, secret, clock.Now(), cancellationToken)).Document;
        var organization = await store.GetAsync(OrganizationDocuments.Kind, link.Organization!.Value.Value, "organization", cancellationToken);
        var person = link.Person is { } id ? (await store.GetAsync(PersonDocuments.Kind, id.Value, "person", cancellationToken)).Document : null;
        var hasAccount = person is not null && await store.FindAsync(AccountDocuments.Kind, person.Id.Value, cancellationToken) is not null;
        return new(organization.Document, link.Role!.Value, person, hasAccount, link.ExpiresAt);
    }

    /// <summary>Gives the role to someone who is signed in; an invitation for a person is for no other.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>, <c>link.for-another</c>.</exception>
    public Task<Read<Membership>> AcceptAsync(string secret, Actor actor, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (link, changes) = await UseAsync(secret, attemptToken);
            if (link.Document.Person is { } meant && meant != actor.Person)
            {
                throw Refused.Forbidden("link.for-another", "This invitation is for another person. Sign out and open it again.");
            }

            return await JoinAsync(link.Document, actor.Person, changes, attemptToken);
        },
        cancellationToken);

    /// <summary>Gives the role to someone who has no account yet, and the account.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>, <c>link.has-account</c>, <c>person.name</c>, <c>account.login-name</c>, <c>account.password</c>, <c>storage.not-unique</c>.</exception>
    public Task<Read<Membership>> AcceptAsync(string secret, NewAccount account, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var (link, changes) = await UseAsync(secret, attemptToken);
            var now = clock.Now();
            var loginName = LoginName.Parse(account.LoginName);
            PersonId id;
            if (link.Document.Person is { } known)
            {
                var person = await store.GetAsync(PersonDocuments.Kind, known.Value, "person", attemptToken);
                if (person.Document.IsClosed || await store.FindAsync(AccountDocuments.Kind, known.Value, attemptToken) is not null)
                {
                    throw Refused.Conflict("link.has-account", "You have an account already: sign in, then open the invitation again.");
                }

                changes.Require(PersonDocuments.Kind, person);
                id = known;
            }
            else
            {
                var person = Person.Named(PersonId.New(now), account.DisplayName ?? "");
                changes.Add(PersonDocuments.Kind, person);
                id = person.Id;
            }

            changes.Add(AccountDocuments.Kind, new(id, loginName.Text, hashing.Hash(account.Password, loginName)));
            return await JoinAsync(link.Document, id, changes, attemptToken);
        },
        cancellationToken);

    /// <summary>The link, removed in the commit, and that who made it can still give what it gives.</summary>
    private async Task<(Read<OneTimeLink> Link, Changes Changes)> UseAsync(string secret, CancellationToken cancellationToken)
    {
        var link = await store.GetLinkAsync(LinkPurpose.Invitation, secret, clock.Now(), cancellationToken);
        var maker = new Actor(link.Document.MadeBy!.Value);
        if (link.Document.Section is { } section)
        {
            var student = link.Document.Person!.Value;
            var taught = await store.FindAsync(ClassSectionDocuments.Kind, section.Value, cancellationToken);
            var teacher = taught?.Document.Assigns(maker.Person, student, clock.Now()) == true ? await authority.FindAsync(maker, taught.Document.Organization, [Role.Teacher], cancellationToken) : null;
            var role = await authority.FindAsync(new(student), link.Document.Organization!.Value, [Role.Student], cancellationToken);

            // A teacher gives no role: whoever is no student any more gets no account by it.
            return teacher is null || role is null
                ? throw LinkReading.Gone()
                : (link, new Changes().Remove(OneTimeLinkDocuments.Kind, link).Require(MembershipDocuments.Kind, teacher));
        }

        var inviter = await FindInviterAsync(maker, link.Document.Organization!.Value, link.Document.Role, cancellationToken) ?? throw LinkReading.Gone();
        return (link, new Changes().Remove(OneTimeLinkDocuments.Kind, link).Require(MembershipDocuments.Kind, inviter));
    }

    private async Task<Outcome<Read<Membership>>> JoinAsync(OneTimeLink link, PersonId person, Changes changes, CancellationToken cancellationToken)
    {
        var (organization, role) = (link.Organization!.Value, link.Role!.Value);
        if (await authority.FindAsync(new(person), organization, [role], cancellationToken) is { } already)
        {
            return new(changes.Require(MembershipDocuments.Kind, already), already, already.Id);
        }

        var now = clock.Now();
        var membership = new Membership(MembershipId.New(now), person, organization, role, now);
        changes.Add(MembershipDocuments.Kind, membership).Audit(organization, new(person), ActKind.RoleGiven, person.Value, now);
        return new(changes, new(membership, membership.Id.Value, 1), membership.Id.Value);
    }

    private async Task<Read<Membership>> InviterAsync(Actor actor, OrganizationId organization, Role? role, CancellationToken cancellationToken) =>
        await FindInviterAsync(actor, organization, role, cancellationToken) ?? throw Refused.Forbidden("role.missing", "Your role at this organization does not include this.");

    // Only a state admin makes another.
    private async Task<Read<Membership>?> FindInviterAsync(Actor actor, OrganizationId organization, Role? role, CancellationToken cancellationToken) =>
        (role == Role.StateAdmin ? null : await authority.FindAsync(actor, organization, Inviters, cancellationToken)) ?? await authority.FindStateAdminAsync(actor, cancellationToken);
}
