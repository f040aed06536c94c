using SkillBadges.Core.Organizations;
using SkillBadges.Core.SignIn;

namespace SkillBadges.Core.Tests.SignIn;

public sealed class SignInRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_eleventh_try_within_a_quarter_of_an_hour_is_locked_and_not_counted()
    {
        var tries = new SignInTries("x", []);
        for (var i = 0; i < SignInTries.Allowed; i++)
        {
            (tries, var isLocked) = tries.Add(Now.AddSeconds(i));
            Assert.False(isLocked);
        }

        Assert.True(tries.Add(Now.AddMinutes(14)).IsLocked);
        Assert.Equal(SignInTries.Allowed, tries.Add(Now.AddMinutes(14)).Tries.At.Length);
        Assert.False(tries.Add(Now.AddMinutes(15)).IsLocked);
    }

    [Theory]
    [InlineData(" Ada@Example.ORG ", "ada@example.org")]
    [InlineData("ADA", "ada")]
    [InlineData("zoë.müller", "zoë.müller")]
    public void Ways_to_write_a_login_name_are_one(string typed, string name)
    {
        Assert.Equal(name, LoginName.Parse(typed).Text);
        Assert.Equal(LoginName.Parse(name).Hash, LoginName.HashOf(typed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("two words")]
    [InlineData("a\r\nBcc: x@y.z")]
    [InlineData("<a@b.c>")]
    [InlineData("a\u202Eb@x.y")]
    public void What_is_no_login_name_is_refused(string typed) => Assert.Equal("account.login-name", Assert.Throws<RefusedException>(() => LoginName.Parse(typed)).Code);

    [Fact]
    public void A_session_of_the_API_lives_a_week_idle_and_a_month_at_most()
    {
        var session = Session.Start("s", PersonId.From("p"), SessionUse.Api, usedSecondFactor: false, Now);
        Assert.Equal(Now.AddDays(7), session.ExpiresAt);

        Assert.Equal(Now.AddDays(13), session.Renew("h", Now.AddDays(6)).ExpiresAt);
        Assert.Equal(Now.AddDays(30), session.Renew("h", Now.AddDays(29)).ExpiresAt);
    }

    [Fact]
    public void A_proof_is_recent_for_five_minutes()
    {
        var session = Session.Start("s", PersonId.From("p"), SessionUse.Pages, usedSecondFactor: false, Now);

        session.RequireRecent(Now.AddMinutes(5));
        Assert.Equal("session.confirm-again", Assert.Throws<RefusedException>(() => session.RequireRecent(Now.AddMinutes(5).AddSeconds(1))).Code);
    }

    [Fact]
    public void A_recovery_code_works_once_however_it_is_typed()
    {
        byte[] secret = [.. Enumerable.Range(0, 20).Select(i => (byte)i)];
        var (confirmed, codes) = new SecondFactor("sealed").Confirm(Totp.CodeAt(secret, Now), secret, Now)!.Value;

        var used = confirmed.Use(codes[3].ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal), secret, Now)!;

        Assert.Equal(10, codes.Distinct().Count());
        Assert.Equal(9, used.RecoveryHashes.Length);
        Assert.Null(used.Use(codes[3], secret, Now));
        Assert.Null(used.Use("", secret, Now));
    }

    [Theory]
    [InlineData("short")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("ada@example.org-1")]
    public void A_password_that_is_easy_to_guess_is_refused(string password)
    {
        var hashing = new PasswordHashing(text => text, (hash, text) => hash == text ? PasswordMatch.Yes : PasswordMatch.No);

        Assert.Equal("account.password", Assert.Throws<RefusedException>(() => hashing.Hash(password, LoginName.Parse("ada@example.org"))).Code);
    }

    [Fact]
    public void Nobody_costs_a_hash_too()
    {
        var compared = 0;
        var hashing = new PasswordHashing(text => text, (_, _) =>
        {
            compared++;
            return PasswordMatch.Yes;
        });

        Assert.Equal(PasswordMatch.No, hashing.Verify(null, "anything"));
        Assert.Equal(1, compared);
    }
}
