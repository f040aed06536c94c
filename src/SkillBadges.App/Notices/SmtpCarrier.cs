using System.Net;
using System.Net.Sockets;
using System.Text;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Notices;

/// <summary>Hands mail to the operator's server. Beyond loopback nothing is said before STARTTLS (RFC 3207), and the server's certificate must be good.</summary>
internal sealed class SmtpCarrier(Settings settings, InstanceAddress address) : ILetterCarrier
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public Channel Channel => Channel.Mail;

    public async Task CarryAsync(Letter letter, LetterContent content, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(settings.Mail.Host!, settings.Mail.Port, patience.Token);
            await using var server = new SmtpConversation(socket.GetStream());
            await OpenAsync(server, IPAddress.IsLoopback(((IPEndPoint)socket.Client.RemoteEndPoint!).Address), patience.Token);
            await server.SayAsync($"MAIL FROM:<{settings.Mail.From}>", '2', patience.Token);
            await server.SayAsync($"RCPT TO:<{content.To.Address}>", '2', patience.Token);
            await server.SayAsync("DATA", '3', patience.Token);
            await server.SendMessageAsync(MailMessage.Of(letter, content, settings.Mail.From, OwnHost), patience.Token);
        }
        catch (Exception e) when (e is SocketException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new UndeliveredException("unreachable", isFinal: false, e);
        }
    }

    private string OwnHost => new Uri(address.BaseUrl).Host;

    private async Task OpenAsync(SmtpConversation server, bool isLoopback, CancellationToken cancellationToken)
    {
        await server.SayAsync(null, '2', cancellationToken);
        var abilities = await server.SayAsync($"EHLO {OwnHost}", '2', cancellationToken);
        if (abilities.Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
        {
            await server.SayAsync("STARTTLS", '2', cancellationToken);
            await server.EncryptAsync(settings.Mail.Host!, settings.Mail.Authorities, cancellationToken);
            await server.SayAsync($"EHLO {OwnHost}", '2', cancellationToken);
        }
        else if (!isLoopback)
        {
            throw new UndeliveredException("no-encryption", isFinal: false);
        }

        if (settings.Mail.User is { } user)
        {
            // RFC 4616 (2006-08): nobody else to act as, the user, the password.
            var proof = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{settings.Mail.Password}"));
            await server.SayAsync($"AUTH PLAIN {proof}", '2', cancellationToken);
        }
    }
}
