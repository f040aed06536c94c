using SkillBadges.Core.Storage;

namespace SkillBadges.Core.SignIn;

public static class AccountDocuments
{
    public static readonly AccessPath<Account> ByLoginName = new AccessPath<Account>("login_name").Equal("login", account => account.LoginHash).Unique();

    public static readonly AccessPath<Account> ByExternal = new AccessPath<Account>("external").Each("identity", account => account.External.Select(identity => identity.Hash)).Unique();

    public static readonly DocumentKind<Account> Kind = new("account", account => account.Person.Value) { Paths = [ByLoginName, ByExternal] };
}

public static class SignInTriesDocuments
{
    public static readonly AccessPath<SignInTries> ByExpiry = new AccessPath<SignInTries>("expiry").OrderBy("expires", tries => tries.ExpiresAt);

    public static readonly DocumentKind<SignInTries> Kind = new("sign_in_tries", tries => tries.Id) { Paths = [ByExpiry] };
}

public static class SessionDocuments
{
    public static readonly AccessPath<Session> ByPerson = new AccessPath<Session>("person").Equal("person", session => session.Person.Value).OrderBy("started", session => session.StartedAt);

    public static readonly AccessPath<Session> ByExpiry = new AccessPath<Session>("expiry").OrderBy("expires", session => session.ExpiresAt);

    public static readonly DocumentKind<Session> Kind = new("session", session => session.Id) { Paths = [ByPerson, ByExpiry] };
}

public static class SessionKeyDocuments
{
    public static readonly AccessPath<SessionKey> ByAge = new AccessPath<SessionKey>("age").OrderBy("created", key => key.CreatedAt);

    public static readonly AccessPath<SessionKey> ByExpiry = new AccessPath<SessionKey>("expiry").OrderBy("expires", key => key.ExpiresAt);

    public static readonly DocumentKind<SessionKey> Kind = new("session_key", key => key.Id) { Paths = [ByAge, ByExpiry] };
}

public static class OneTimeLinkDocuments
{
    public static readonly AccessPath<OneTimeLink> BySecret = new AccessPath<OneTimeLink>("secret").Equal("secret", link => link.SecretHash).Unique();

    public static readonly AccessPath<OneTimeLink> ByOrganization =
        new AccessPath<OneTimeLink>("organization").Equal("organization", link => link.Organization?.Value).OrderBy("expires", link => link.ExpiresAt);

    public static readonly AccessPath<OneTimeLink> ByExpiry = new AccessPath<OneTimeLink>("expiry").OrderBy("expires", link => link.ExpiresAt);

    public static readonly DocumentKind<OneTimeLink> Kind = new("one_time_link", link => link.Id) { Paths = [BySecret, ByOrganization, ByExpiry] };
}
