using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Tests.Notices;

public sealed class LetterTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ada@example.org", true)]
    [InlineData("ada.l+tag@mail.example.org", true)]
    [InlineData("ada", false)]
    [InlineData("ada@example", false)]
    [InlineData("ada@example.org\r\nBcc: eve@example.org", false)]
    [InlineData("ada@example.org\n", true)]
    [InlineData("ada\0@example.org", false)]
    [InlineData("<ada@example.org>", false)]
    [InlineData("ada@example.org,eve@example.org", false)]
    [InlineData("\"ada lovelace\"@example.org", false)]
    [InlineData("ada@[127.0.0.1]", false)]
    [InlineData("ädä@example.org", false)]
    public void A_mail_address_holds_nothing_that_could_end_it(string text, bool isAddress)
    {
        var parsed = Destination.TryParse(Channel.Mail, text);

        Assert.Equal(isAddress, parsed is not null);
        Assert.DoesNotContain('\n', parsed?.Address ?? "");
    }

    [Theory]
    [InlineData("+15555550123", true)]
    [InlineData("+1 555-555-0123", true)]
    [InlineData("555-0123", false)]
    [InlineData("+0155555501", false)]
    [InlineData("+1555555012345678", false)]
    public void A_telephone_number_names_its_country(string text, bool isNumber) => Assert.Equal(isNumber, Destination.TryParse(Channel.Text, text) is not null);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_kind_has_a_subject_that_tells_nothing_and_room_for_one_thing(LetterKind kind)
    {
        var words = LetterWords.Of(kind);

        Assert.DoesNotContain('{', words.Subject);
        Assert.All(words.Subject, c => Assert.InRange(c, ' ', '~'));
        Assert.Equal(2, words.Text.Split("{0}").Length);
        Assert.True(words.AsMessage is null || words.AsMessage.Split("{0}").Length == 2);
    }

    [Fact]
    public void Braces_in_what_is_filled_in_stay_braces()
    {
        var content = LetterWords.Compose(LetterKind.Notice, Destination.Parse(Channel.Mail, "ada@example.org"), "{0} {1}");

        Assert.Equal("{0} {1}", content.Text);
    }

    [Fact]
    public void What_a_letter_says_is_sealed_while_it_waits_and_gone_afterwards()
    {
        var writing = new LetterWriting(new KeyEncryptionKey(new byte[KeyEncryptionKey.KeyBytes]), InstanceAddress.Parse("https://badges.example.org"));
        var changes = new Changes();
        writing.WriteLink(changes, Destination.Parse(Channel.Mail, "ada@example.org"), LetterKind.PassLink, "/pass/secret", At);

        var letter = Assert.IsType<Letter>(Assert.Single(changes.Documents).Document);
        Assert.DoesNotContain("secret", System.Text.Encoding.UTF8.GetString(LetterDocuments.Kind.Write(letter)), StringComparison.Ordinal);
        Assert.Contains("https://badges.example.org/pass/secret", writing.Open(letter).Text, StringComparison.Ordinal);
        Assert.Null(letter.Delivered().SealedContent);
        Assert.Null(letter.Failed("refused", isFinal: true).SealedContent);
    }

    [Fact]
    public void A_letter_that_fails_long_enough_is_dead()
    {
        var letter = new Letter("x", LetterKind.Notice, Channel.Mail, At) { SealedContent = "sealed" };
        for (var tries = 1; tries < Letter.MaxAttempts; tries++)
        {
            letter = letter.Failed("unreachable", isFinal: false);
        }

        Assert.Equal((LetterState.Waiting, "sealed"), (letter.State, letter.SealedContent));
        Assert.Equal(LetterState.Dead, letter.Failed("unreachable", isFinal: false).State);
    }

    [Theory]
    [InlineData("2026-11-21T08:00:00Z", "2026-11-21T14:00:00Z", "ada:2026-11-21")]
    [InlineData("2026-11-21T14:00:00Z", "2026-11-22T14:00:00Z", "ada:2026-11-22")]
    [InlineData("2026-11-22T02:00:00Z", "2026-11-22T14:00:00Z", "ada:2026-11-22")]
    [InlineData("2026-07-01T14:00:00Z", "2026-07-02T13:00:00Z", "ada:2026-07-02")]
    public void A_digest_goes_out_at_an_hour_of_the_schools_day(string now, string due, string id)
    {
        var digest = Digest.Next(PersonId.From("ada"), "America/Denver", 7, DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal((id, DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture)), (digest.Id, digest.DueAt));
    }

    [Fact]
    public void What_nobody_may_miss_is_not_turned_off()
    {
        var preferences = NoticePreferences.None(PersonId.From("ada"));

        Assert.Equal(Delivery.Off, preferences.Choose(NoticeKind.WorkTurnedIn, Delivery.Off).Of(NoticeKind.WorkTurnedIn));
        Assert.Equal(Delivery.Daily, preferences.Choose(NoticeKind.BadgeTakenBack, Delivery.Daily).Of(NoticeKind.BadgeTakenBack));
        Assert.Equal("notice.not-optional", Assert.Throws<RefusedException>(() => preferences.Choose(NoticeKind.BadgeTakenBack, Delivery.Off)).Code);
    }

    public static TheoryData<LetterKind> Kinds() => [.. Enum.GetValues<LetterKind>()];
}
