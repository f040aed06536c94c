using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>What the first administrator says: the state office, and who they are.</summary>
public sealed record FirstAdministrator(string OrganizationSlug, string OrganizationName, string DisplayName, string LoginName, string Password);

/// <summary>Makes the first administrator of an empty instance, through a link that the program prints at its start.</summary>
public sealed class SetUpWorkflow(Commits commits, PasswordHashing hashing, InstanceAddress address, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>The secret of a new link, which replaces those printed before; null when there is an organization already.</summary>
    public Task<string?> OfferAsync(CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            if (await IsSetUpAsync(attemptToken))
            {
                return new Outcome<string?>(new(), null, "");
            }

            var now = clock.Now();
            var changes = new Changes();
            await foreach (var link in store.AllAsync(OneTimeLinkDocuments.Kind, OneTimeLinkDocuments.ByExpiry.Where(), attemptToken))
            {
                if (link.Document.Purpose == LinkPurpose.SetUp)
                {
                    changes.Remove(OneTimeLinkDocuments.Kind, link);
                }
            }

            var secret = NewId.Random();
            changes.Add(OneTimeLinkDocuments.Kind, new(NewId.Ordered(now), OneTimeLink.HashOf(secret), LinkPurpose.SetUp, now + OneTimeLink.SetUpLifetime));
            return new Outcome<string?>(changes, secret, "");
        },
        cancellationToken);

    /// <summary>Whether the link can still be used; changes nothing.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>.</exception>
    public Task LookAsync(string secret, CancellationToken cancellationToken) => store.GetLinkAsync(LinkPurpose.SetUp, secret, clock.Now(), cancellationToken);

    /// <summary>Founds the state office, with its first administrator.</summary>
    /// <exception cref="RefusedException">
    /// <c>link.gone</c>, <c>organization.slug</c>, <c>organization.name</c>, <c>person.name</c>, <c>account.login-name</c>, <c>account.password</c>, <c>settings.base-url-changed</c>.
    /// </exception>
    public Task<PersonId> AcceptAsync(string secret, FirstAdministrator first, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var link = await store.GetLinkAsync(LinkPurpose.SetUp, secret, now, attemptToken);
            if (await IsSetUpAsync(attemptToken))
            {
                throw LinkReading.Gone();
            }

            var loginName = LoginName.Parse(first.LoginName);
            var office = Organization.Found(OrganizationId.New(now), first.OrganizationSlug, first.OrganizationName, OrganizationKind.StateOffice, null);
            var person = Person.Named(PersonId.New(now), first.DisplayName);
            var changes = new Changes()
                .Remove(OneTimeLinkDocuments.Kind, link)
                .Add(OrganizationDocuments.Kind, office)
                .Add(PersonDocuments.Kind, person)
                .Add(AccountDocuments.Kind, new(person.Id, loginName.Text, hashing.Hash(first.Password, loginName)))
                .Add(MembershipDocuments.Kind, new(MembershipId.New(now), person.Id, office.Id, Role.StateAdmin, now));
            await InstanceDocuments.FixAsync(store, address, now, changes, attemptToken);
            return new Outcome<PersonId>(changes, person.Id, person.Id.Value);
        },
        cancellationToken);

    private async Task<bool> IsSetUpAsync(CancellationToken cancellationToken) =>
        await store.FirstAsync(OrganizationDocuments.Kind, OrganizationDocuments.ByName.Where(), cancellationToken) is not null;
}
