using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>A way back in for who forgot the password.</summary>
public sealed class PasswordResetWorkflow(Commits commits, PasswordHashing hashing, AccountAuthority authority, AccountWorkflow accounts, TimeProvider clock)
{
    /// <summary>Outbox topic; the subject is <see cref="LoginName.Hash"/> of what was typed.</summary>
    public const string Topic = "sign-in.password-reset";

    private readonly IDocumentStore store = commits.Store;

    /// <summary>Asks for a letter. The same happens, in the same time, whether or not there is such an account.</summary>
    public Task AskAsync(string loginName, CancellationToken cancellationToken)
    {
        var now = clock.Now();
        return store.CommitAsync(new Changes().Send(new(NewId.Ordered(now), Topic, LoginName.HashOf(loginName), now)), cancellationToken);
    }

    /// <summary>An administrator makes the link and hands it over in person.</summary>
    /// <exception cref="RefusedException"><c>person.not-found</c>, <c>account.also-elsewhere</c>, <c>account.not-found</c>.</exception>
    public Task<string> MakeAsync(Actor actor, PersonId person, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            await authority.RequireOverAsync(actor, person, changes, attemptToken);
            changes.Require(AccountDocuments.Kind, await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken));
            var (link, secret) = NewLink(person, clock.Now());
            await authority.AuditAsync(actor, person, ActKind.PasswordLinkMade, changes, attemptToken);
            return new Outcome<string>(changes.Add(OneTimeLinkDocuments.Kind, link), secret, link.Id);
        },
        cancellationToken);

    /// <summary>Whether the link can still be used; changes nothing.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>.</exception>
    public Task LookAsync(string secret, CancellationToken cancellationToken) => store.GetLinkAsync(LinkPurpose.PasswordReset, secret, clock.Now(), cancellationToken);

    /// <summary>Sets the password and ends every session; a second factor stays and is asked for at the next sign-in.</summary>
    /// <exception cref="RefusedException"><c>link.gone</c>, <c>account.password</c>.</exception>
    public Task AcceptAsync(string secret, string password, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var link = await store.GetLinkAsync(LinkPurpose.PasswordReset, secret, clock.Now(), attemptToken);
            var account = await store.GetAsync(AccountDocuments.Kind, link.Document.Person!.Value.Value, "account", attemptToken);
            if (account.Document.IsClosed)
            {
                throw LinkReading.Gone();
            }

            var changed = account.Document with { PasswordHash = hashing.Hash(password, LoginName.Parse(account.Document.LoginName)) };
            var changes = new Changes().Remove(OneTimeLinkDocuments.Kind, link).Replace(AccountDocuments.Kind, account, changed);
            await accounts.EndSessionsAsync(changes, account.Document.Person, null, attemptToken);
            return new Outcome<bool>(changes, true, account.Id);
        },
        cancellationToken);

    internal static (OneTimeLink Link, string Secret) NewLink(PersonId person, DateTimeOffset now)
    {
        var secret = NewId.Random();
        return (new(NewId.Ordered(now), OneTimeLink.HashOf(secret), LinkPurpose.PasswordReset, now + OneTimeLink.ResetLifetime) { Person = person }, secret);
    }
}
