namespace SkillBadges.Core.SignIn;

public enum PasswordMatch
{
    No,
    Yes,

    /// <summary>It matches, but was hashed in a way that is not today's.</summary>
    YesButOld,
}

/// <summary>How passwords are hashed; the app brings the algorithm.</summary>
/// <param name="hash">A password's hash.</param>
/// <param name="verify">Whether a hash (first) is of a password (second).</param>
public sealed class PasswordHashing(Func<string, string> hash, Func<string, string, PasswordMatch> verify)
{
    public const int MinLength = 12;
    public const int MaxLength = 200;

    // What the account that does not exist is compared with, so that it costs as much as one that does.
    private readonly Lazy<string> nobody = new(() => hash(NewId.Random()));

    /// <exception cref="RefusedException"><c>account.password</c>.</exception>
    public string Hash(string password, LoginName loginName)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            throw Refused.Invalid("account.password", $"A password has {MinLength} to {MaxLength} characters. A sentence is easy to remember.");
        }

        return password.Distinct().Count() < 5 || password.Contains(loginName.Text, StringComparison.OrdinalIgnoreCase)
            ? throw Refused.Invalid("account.password", "This password is too easy to guess: it repeats a few characters or holds the login name.")
            : hash(password);
    }

    /// <summary>Costs one hash, also when there is nothing to compare with.</summary>
    public PasswordMatch Verify(string? passwordHash, string password)
    {
        var match = verify(passwordHash ?? nobody.Value, password.Length <= MaxLength ? password : "");
        return passwordHash is null ? PasswordMatch.No : match;
    }
}
