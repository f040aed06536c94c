using System.Collections.Immutable;
using System.Security.Cryptography;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>What a person does with their own account, and how it is closed.</summary>
public sealed class AccountWorkflow(Commits commits, PasswordHashing hashing, KeyEncryptionKey keyEncryption, AccountAuthority authority, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>A secret for an authenticator app, in base 32; it counts once <see cref="ConfirmSecondFactorAsync"/> has seen a code.</summary>
    /// <exception cref="RefusedException"><c>account.second-factor-on</c>.</exception>
    public Task<string> OfferSecondFactorAsync(PersonId person, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken);
            var secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
            var offered = read.Document.Offer(new(keyEncryption.Seal(secret, SecondFactor.PurposeFor(read.Id))));
            return new Outcome<string>(new Changes().Replace(AccountDocuments.Kind, read, offered), Totp.ToBase32(secret), read.Id);
        },
        cancellationToken);

    /// <summary>The secret that was offered and no code has confirmed, to be shown again after a mistyped one; null when there is none. The door asks for a recent proof first.</summary>
    public async Task<string?> OfferedAsync(PersonId person, CancellationToken cancellationToken)
    {
        var read = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", cancellationToken);
        return read.Document.SecondFactor is { ConfirmedAt: null } offered ? Totp.ToBase32(keyEncryption.Open(offered.SealedSecret, SecondFactor.PurposeFor(read.Id))) : null;
    }

    /// <summary>Turns the second factor on; the answer is the recovery codes, shown once.</summary>
    /// <exception cref="RefusedException"><c>session.wrong-code</c>, <c>account.second-factor-on</c>.</exception>
    public Task<ImmutableArray<string>> ConfirmSecondFactorAsync(PersonId person, string sessionId, string code, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var now = clock.Now();
            var read = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken);
            var factor = read.Document.Offer(read.Document.SecondFactor ?? throw SignInWorkflow.WrongCode()).SecondFactor!;
            var (confirmed, codes) = factor.Confirm(code, keyEncryption.Open(factor.SealedSecret, SecondFactor.PurposeFor(read.Id)), now) ?? throw SignInWorkflow.WrongCode();
            var changes = new Changes().Replace(AccountDocuments.Kind, read, read.Document with { SecondFactor = confirmed });

            // Other sessions did not show a code; this one just has.
            await EndSessionsAsync(changes, person, sessionId, attemptToken);
            if (await store.FindAsync(SessionDocuments.Kind, sessionId, attemptToken) is { } own)
            {
                changes.Replace(SessionDocuments.Kind, own, own.Document with { ConfirmedAt = now, UsedSecondFactor = true });
            }

            return new Outcome<ImmutableArray<string>>(changes, codes, read.Id);
        },
        cancellationToken);

    /// <summary>Turns the second factor off; the door asks for a recent proof first.</summary>
    public Task RemoveSecondFactorAsync(PersonId person, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken);
            return new Outcome<bool>(new Changes().Replace(AccountDocuments.Kind, read, read.Document with { SecondFactor = null }), true, read.Id);
        },
        cancellationToken);

    /// <summary>A new password ends every other session.</summary>
    /// <exception cref="RefusedException"><c>account.password</c>.</exception>
    public Task ChangePasswordAsync(PersonId person, string sessionId, string password, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var read = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken);
            var changed = read.Document with { PasswordHash = hashing.Hash(password, LoginName.Parse(read.Document.LoginName)) };
            var changes = new Changes().Replace(AccountDocuments.Kind, read, changed);
            await EndSessionsAsync(changes, person, sessionId, attemptToken);
            return new Outcome<bool>(changes, true, read.Id);
        },
        cancellationToken);

    /// <summary>Ends the account, its sessions and memberships; what the person decided stays. By the person, or by who administers all of their memberships.</summary>
    /// <exception cref="RefusedException"><c>person.not-found</c>, <c>account.also-elsewhere</c>.</exception>
    public Task<Read<Person>> CloseAsync(Actor actor, PersonId person, RequestKey? key, CancellationToken cancellationToken) => commits.OnceAsync(
        key,
        async attemptToken =>
        {
            var now = clock.Now();
            var changes = new Changes();
            var read = await authority.RequireOverAsync(actor, person, changes, attemptToken);
            var closed = read.Document.Close(now);
            changes.Replace(PersonDocuments.Kind, read, closed);
            if (await store.FindAsync(AccountDocuments.Kind, person.Value, attemptToken) is { } account)
            {
                changes.Replace(AccountDocuments.Kind, account, account.Document.Close(now));
            }

            await foreach (var membership in store.AllAsync(MembershipDocuments.Kind, MembershipDocuments.ByPerson.Where(person.Value), attemptToken))
            {
                if (membership.Document.To is null || membership.Document.To > now)
                {
                    changes.Replace(MembershipDocuments.Kind, membership, membership.Document.End(now));
                }
            }

            await EndSessionsAsync(changes, person, null, attemptToken);
            await authority.AuditAsync(actor, person, ActKind.AccountClosed, changes, attemptToken);
            return new Outcome<Read<Person>>(changes, read.Became(closed), person.Value);
        },
        (id, replayToken) => store.GetAsync(PersonDocuments.Kind, id, "person", replayToken),
        cancellationToken);

    /// <summary>
    /// A roster or the person says how another authority calls them. By who may close the account. Somebody without an account gets one that only that
    /// authority's tokens open: its password is random and known to nobody.
    /// </summary>
    /// <exception cref="RefusedException"><c>person.not-found</c>, <c>account.also-elsewhere</c>, <c>account.not-found</c>, <c>storage.not-unique</c>.</exception>
    public Task LinkAsync(Actor actor, PersonId person, ExternalIdentity identity, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken =>
        {
            var changes = new Changes();
            await authority.RequireOverAsync(actor, person, changes, attemptToken);
            var read = await store.FindAsync(AccountDocuments.Kind, person.Value, attemptToken);
            if (read is null)
            {
                var name = LoginName.Parse($"linked-{person.Value}");
                return new Outcome<bool>(changes.Add(AccountDocuments.Kind, new(person, name.Text, hashing.Hash(NewId.Secret(32), name)) { External = [identity] }), true, person.Value);
            }

            if (read.Document.IsClosed)
            {
                throw Refused.NotFound("account");
            }

            var linked = read.Document.External.Contains(identity) ? read.Document : read.Document with { External = read.Document.External.Add(identity) };
            return new Outcome<bool>(changes.Replace(AccountDocuments.Kind, read, linked), true, read.Id);
        },
        cancellationToken);

    internal async Task EndSessionsAsync(Changes changes, PersonId person, string? except, CancellationToken cancellationToken)
    {
        await foreach (var session in store.AllAsync(SessionDocuments.Kind, SessionDocuments.ByPerson.Where(person.Value), cancellationToken))
        {
            if (session.Id != except)
            {
                changes.Remove(SessionDocuments.Kind, session);
            }
        }
    }
}
