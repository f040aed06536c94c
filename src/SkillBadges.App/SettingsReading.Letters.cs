using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App;

// How letters and text messages leave the house.
internal sealed partial class SettingsReading
{
    private MailServer ReadMail(InstanceAddress address)
    {
        var from = Text("mail:from") ?? $"no-reply@{new Uri(address.BaseUrl).Host}";
        if (Destination.TryParse(Channel.Mail, from) is null && Text("mail:from") is not null)
        {
            faults.Add($"mail:from: {from} is not a mail address.");
        }

        var mail = new MailServer(from, Text("mail:host"), Number("mail:port", MailServer.DefaultPort), Text("mail:user"), Text("mail:password")) { Authorities = ReadMailAuthorities() };
        if ((mail.User is null) != (mail.Password is null))
        {
            faults.Add("mail: user and password come together.");
        }

        return mail;
    }

    private X509Certificate2Collection? ReadMailAuthorities()
    {
        if (Text("mail:authorities") is not { } path)
        {
            return null;
        }

        try
        {
            var authorities = new X509Certificate2Collection();
            authorities.ImportFromPemFile(path);
            if (authorities.Count > 0)
            {
                return authorities;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // Said below, as when there is none in it.
        }

        faults.Add($"mail:authorities: {path} holds no certificates in PEM form, or cannot be read.");
        return null;
    }

    private TextMessages? ReadTexts(InstanceAddress address)
    {
        if (Text("texts:url") is not { } text)
        {
            return null;
        }

        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || !(url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback && address.IsLoopback)))
        {
            faults.Add($"texts:url: {text} is not an https address.");
            return null;
        }

        return new(url, Text("texts:token"));
    }
}
