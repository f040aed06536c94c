using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

/// <summary>A session with the refresh token that is shown once; pages have none.</summary>
public sealed record StartedSession(Session Session, string? RefreshToken);

/// <summary>Signs people in and out.</summary>
public sealed class SignInWorkflow(Commits commits, PasswordHashing hashing, KeyEncryptionKey keyEncryption, TimeProvider clock)
{
    private readonly IDocumentStore store = commits.Store;

    /// <summary>Who it is whose password this is. An unknown name, a closed account and a locked one cost as much and sound the same.</summary>
    /// <exception cref="RefusedException"><c>session.wrong-password</c>.</exception>
    public async Task<PersonId> CheckPasswordAsync(string loginName, string password, CancellationToken cancellationToken)
    {
        var hash = LoginName.HashOf(loginName);
        var isLocked = await CountAsync(hash, cancellationToken);
        var account = await store.FirstAsync(AccountDocuments.Kind, AccountDocuments.ByLoginName.Where(hash), cancellationToken);
        var match = hashing.Verify(account?.Document.PasswordHash, password);
        return !isLocked && match != PasswordMatch.No && account is { Document.IsClosed: false }
            ? account.Document.Person
            : throw Refused.Unauthenticated("session.wrong-password", "Login name and password do not belong together, or there were too many tries; then wait a quarter of an hour.");
    }

    /// <summary>Starts a session for someone whose password was checked just now.</summary>
    /// <exception cref="RefusedException"><c>session.second-factor</c> when a code is needed and missing, <c>session.wrong-code</c>.</exception>
    public async Task<StartedSession> StartAsync(PersonId person, string? code, SessionUse use, CancellationToken cancellationToken)
    {
        if (code is not null && await CountAsync(CodeTries(person), cancellationToken))
        {
            throw WrongCode();
        }

        return await commits.RunAsync(
            async attemptToken =>
            {
                var now = clock.Now();
                var account = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken);
                var changes = new Changes();
                Pass(changes, account, code, now);
                var session = Session.Start(NewId.Random(), person, use, account.Document.HasSecondFactor, now);
                string? refresh = null;
                if (use == SessionUse.Api)
                {
                    (session, refresh) = WithRefresh(session, now);
                }

                await ForgetTriesAsync(changes, account.Document.LoginHash, attemptToken);
                await ForgetTriesAsync(changes, CodeTries(person), attemptToken);
                return new Outcome<StartedSession>(changes.Add(SessionDocuments.Kind, session), new(session, refresh), session.Id);
            },
            cancellationToken);
    }

    /// <summary>The next access and refresh token. A refresh token that was used before ends the session: one of two holders is a thief.</summary>
    /// <exception cref="RefusedException"><c>session.ended</c>.</exception>
    public async Task<StartedSession> RefreshAsync(string refreshToken, CancellationToken cancellationToken)
    {
        var (id, hash) = (refreshToken.Split('.')[0], OneTimeLink.HashOf(refreshToken));
        var renewed = await commits.RunAsync(
            async attemptToken =>
            {
                var now = clock.Now();
                var read = id.Length is > 0 and <= 64 && StorableText.IsStorable(id) ? await store.FindAsync(SessionDocuments.Kind, id, attemptToken) : null;
                if (read is null || !read.Document.HoldsAt(now) || read.Document.RefreshHash is null)
                {
                    return new Outcome<StartedSession?>(new(), null, "");
                }

                if (read.Document.RefreshHash != hash)
                {
                    return new(new Changes().Remove(SessionDocuments.Kind, read), null, "");
                }

                var (next, token) = WithRefresh(read.Document, now);
                return new(new Changes().Replace(SessionDocuments.Kind, read, next), new StartedSession(next, token), id);
            },
            cancellationToken);
        return renewed ?? throw Refused.Unauthenticated("session.ended", "This sign-in has ended, or its refresh token was used before. Please sign in again.");
    }

    /// <summary>The session if it holds now, for each request.</summary>
    public async Task<Session?> FindAsync(string? sessionId, PersonId person, CancellationToken cancellationToken) =>
        sessionId is { Length: > 0 and <= 64 } && await store.FindAsync(SessionDocuments.Kind, sessionId, cancellationToken) is { } read
            && read.Document.Person == person && read.Document.HoldsAt(clock.Now())
            ? read.Document
            : null;

    /// <summary>The person shows password or code again, for what needs a recent proof.</summary>
    /// <exception cref="RefusedException"><c>session.wrong-password</c>, <c>session.wrong-code</c>, <c>session.second-factor</c>, <c>session.ended</c>.</exception>
    public async Task<Session> ConfirmAsync(PersonId person, string sessionId, string password, string? code, CancellationToken cancellationToken)
    {
        var known = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", cancellationToken);
        await CheckPasswordAsync(known.Document.LoginName, password, cancellationToken);
        if (code is not null && await CountAsync(CodeTries(person), cancellationToken))
        {
            throw WrongCode();
        }

        return await commits.RunAsync(
            async attemptToken =>
            {
                var now = clock.Now();
                var account = await store.GetAsync(AccountDocuments.Kind, person.Value, "account", attemptToken);
                var read = await store.FindAsync(SessionDocuments.Kind, sessionId, attemptToken)
                    ?? throw Refused.Unauthenticated("session.ended", "This sign-in has ended. Please sign in again.");
                var changes = new Changes();
                Pass(changes, account, code, now);
                await ForgetTriesAsync(changes, account.Document.LoginHash, attemptToken);
                var confirmed = read.Document with { ConfirmedAt = now, UsedSecondFactor = account.Document.HasSecondFactor };
                return new Outcome<Session>(changes.Replace(SessionDocuments.Kind, read, confirmed), confirmed, read.Id);
            },
            cancellationToken);
    }

    public Task EndAsync(string sessionId, CancellationToken cancellationToken) => commits.RunAsync(
        async attemptToken => await store.FindAsync(SessionDocuments.Kind, sessionId, attemptToken) is { } read
            ? new Outcome<bool>(new Changes().Remove(SessionDocuments.Kind, read), true, "")
            : new Outcome<bool>(new(), false, ""),
        cancellationToken);

    internal static RefusedException WrongCode() => Refused.Unauthenticated("session.wrong-code", "This code is not right, was used before, or there were too many tries.");

    private static string CodeTries(PersonId person) => LoginName.HashOf($"code of {person.Value}");

    private static (Session Session, string Token) WithRefresh(Session session, DateTimeOffset now)
    {
        var token = $"{session.Id}.{NewId.Secret(32)}";
        return (session.Renew(OneTimeLink.HashOf(token), now), token);
    }

    /// <summary>Uses the code up, when one is needed; the account must stay as it is until the commit.</summary>
    private void Pass(Changes changes, Read<Account> account, string? code, DateTimeOffset now)
    {
        if (account.Document.IsClosed)
        {
            throw Refused.Unauthenticated("session.ended", "This account is closed.");
        }

        if (!account.Document.HasSecondFactor)
        {
            changes.Require(AccountDocuments.Kind, account);
            return;
        }

        if (string.IsNullOrWhiteSpace(code))
        {
            throw Refused.Unauthenticated("session.second-factor", "Please add the code that your authenticator app shows, or a recovery code.");
        }

        var factor = account.Document.SecondFactor!;
        var secret = keyEncryption.Open(factor.SealedSecret, SecondFactor.PurposeFor(account.Id));
        changes.Replace(AccountDocuments.Kind, account, account.Document with { SecondFactor = factor.Use(code, secret, now) ?? throw WrongCode() });
    }

    /// <summary>Counts a try before it is made, so that tries sent all at once are not more than those sent one by one.</summary>
    private async Task<bool> CountAsync(string id, CancellationToken cancellationToken)
    {
        try
        {
            return await commits.RunAsync(
                async attemptToken =>
                {
                    var read = await store.FindAsync(SignInTriesDocuments.Kind, id, attemptToken);
                    var (tries, isLocked) = (read?.Document ?? new(id, [])).Add(clock.Now());
                    var changes = read is null ? new Changes().Add(SignInTriesDocuments.Kind, tries) : new Changes().Replace(SignInTriesDocuments.Kind, read, tries);
                    return new Outcome<bool>(changes, isLocked, id);
                },
                cancellationToken);
        }
        catch (RefusedException crowded) when (crowded is VersionConflictException or NotUniqueException)
        {
            // So many at the same moment are not one person typing.
            return true;
        }
    }

    private async Task ForgetTriesAsync(Changes changes, string id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(SignInTriesDocuments.Kind, id, cancellationToken) is { } tries)
        {
            changes.Remove(SignInTriesDocuments.Kind, tries);
        }
    }
}
