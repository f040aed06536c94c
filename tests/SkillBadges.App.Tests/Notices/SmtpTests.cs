using SkillBadges.App.Notices;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Tests.Notices;

public sealed class SmtpTests
{
    private static readonly Letter Letter = new("0123456789abcdef", LetterKind.Notice, Channel.Mail, new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero));

    private static readonly LetterContent Content = new(Destination.Parse(Channel.Mail, "ada@example.org"), "Something new for you", "One line.\n.A line that begins with a dot.\nÜber.");

    [Fact]
    public async Task A_letter_reaches_the_server_whole_and_says_who_it_is()
    {
        await using var server = new SmtpServer();

        await Carrier(server).CarryAsync(Letter, Content, CancellationToken.None);

        var letter = ReceivedLetter.Of(Assert.Single(server.Messages));
        Assert.Contains("To: <ada@example.org>\r\n", letter.Head, StringComparison.Ordinal);
        Assert.Contains("Message-ID: <0123456789abcdef@badges.example.org>\r\n", letter.Head, StringComparison.Ordinal);
        Assert.Equal("One line.\r\n.A line that begins with a dot.\r\nÜber.", letter.Body);
        Assert.Equal(["EHLO badges.example.org", "MAIL FROM:<no-reply@example.org>", "RCPT TO:<ada@example.org>", "DATA"], server.Commands);
    }

    [Fact]
    public async Task The_same_letter_is_the_same_message_however_often_it_is_sent()
    {
        await using var server = new SmtpServer();

        await Carrier(server).CarryAsync(Letter, Content, CancellationToken.None);
        await Carrier(server).CarryAsync(Letter, Content, CancellationToken.None);

        Assert.Equal(server.Messages[0], server.Messages[1]);
    }

    [Theory]
    [InlineData("RCPT", "550 No such person", true)]
    [InlineData("RCPT", "451 Later", false)]
    [InlineData("(message)", "554 Refused", true)]
    [InlineData("EHLO", "hello", false)]
    [InlineData("STARTTLS", "454 Not now", false)]
    public async Task What_the_server_refuses_for_good_is_final_and_the_rest_is_tried_again(string command, string answer, bool isFinal)
    {
        await using var server = new SmtpServer();
        server.Answers[command] = answer;
        if (command == "STARTTLS")
        {
            server.Answers["EHLO"] = "250 STARTTLS";
        }

        var undelivered = await Assert.ThrowsAsync<UndeliveredException>(() => Carrier(server).CarryAsync(Letter, Content, CancellationToken.None));

        Assert.Equal(isFinal, undelivered.IsFinal);
        Assert.DoesNotContain("person", undelivered.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Whoever_its_authority_vouches_for_gets_the_letter_and_the_password_encrypted()
    {
        using var authority = new MailAuthority();
        await using var server = new SmtpServer { Certificate = authority.Certify("127.0.0.1") };
        server.Answers["EHLO"] = "250 STARTTLS";

        await Carrier(server, mail => mail with { User = "badges", Password = "secret", Authorities = authority.Roots }).CarryAsync(Letter, Content, CancellationToken.None);

        Assert.Equal(["EHLO badges.example.org", "STARTTLS"], server.Commands[..2]);
        Assert.Equal(
            ["EHLO badges.example.org", $"AUTH PLAIN {Convert.ToBase64String("\0badges\0secret"u8)}", "MAIL FROM:<no-reply@example.org>", "RCPT TO:<ada@example.org>", "DATA"],
            server.Encrypted);
        Assert.Equal("One line.\r\n.A line that begins with a dot.\r\nÜber.", ReceivedLetter.Of(Assert.Single(server.Messages)).Body);
    }

    [Theory]
    [InlineData("a stranger's certificate", "certificate")]
    [InlineData("another name", "certificate")]
    [InlineData("a certificate that is over", "certificate")]
    [InlineData("words slipped in before the encryption", "protocol")]
    public async Task Nothing_is_told_to_who_is_not_the_server(string what, string fault)
    {
        using var authority = new MailAuthority();
        using var stranger = new MailAuthority();
        await using var server = new SmtpServer
        {
            Certificate = what switch
            {
                "a stranger's certificate" => stranger.Certify("127.0.0.1"),
                "another name" => authority.Certify("127.0.0.2"),
                "a certificate that is over" => authority.Certify("127.0.0.1", isOver: true),
                _ => authority.Certify("127.0.0.1"),
            },
            Slipped = fault == "protocol" ? "250 AUTH PLAIN\r\n" : "",
        };
        server.Answers["EHLO"] = "250 STARTTLS";

        var undelivered = await Assert.ThrowsAsync<UndeliveredException>(
            () => Carrier(server, mail => mail with { User = "badges", Password = "secret", Authorities = authority.Roots }).CarryAsync(Letter, Content, CancellationToken.None));

        Assert.Equal((fault, false), (undelivered.Fault, undelivered.IsFinal));
        Assert.Equal(["EHLO badges.example.org", "STARTTLS"], server.Commands);
        Assert.Empty(server.Encrypted);
    }

    [Fact]
    public async Task Nobody_there_is_tried_again()
    {
        var server = new SmtpServer();
        var carrier = Carrier(server);
        await server.DisposeAsync();

        var undelivered = await Assert.ThrowsAsync<UndeliveredException>(() => carrier.CarryAsync(Letter, Content, CancellationToken.None));

        Assert.Equal(("unreachable", false), (undelivered.Fault, undelivered.IsFinal));
    }

    [Theory]
    [InlineData("Grüße")]
    [InlineData("Hello\r\nBcc: everyone@example.org")]
    [InlineData("=?utf-8?B?QmNj?=")]
    public void A_subject_cannot_become_another_header(string subject)
    {
        var head = ReceivedLetter.Of(MailMessage.Of(Letter, Content with { Subject = subject }, "no-reply@example.org", "badges.example.org")).Head;

        Assert.Single(head.Split("\r\n"), line => line.StartsWith("Subject:", StringComparison.Ordinal));
        Assert.DoesNotContain(head.Split("\r\n"), line => line.StartsWith("Bcc", StringComparison.OrdinalIgnoreCase));
        Assert.All(head, c => Assert.InRange(c, '\0', '~'));
    }

    private static SmtpCarrier Carrier(SmtpServer server, Func<MailServer, MailServer>? adjust = null)
    {
        var address = InstanceAddress.Parse("https://badges.example.org");
        var settings = new Settings
        {
            DataFolder = "none",
            KeyFile = "none",
            Urls = [],
            Address = address,
            AllowedHosts = [],
            Mail = (adjust ?? (mail => mail))(new("no-reply@example.org", "127.0.0.1", server.Port, null, null)),
        };
        return new(settings, address);
    }
}
