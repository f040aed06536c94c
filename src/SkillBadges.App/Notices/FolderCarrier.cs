using System.Text;
using System.Text.Json;
using SkillBadges.Core.Notices;
using SkillBadges.Core.Organizations;

namespace SkillBadges.App.Notices;

/// <summary>Puts letters as files into a folder that something else empties: <c>{letter}.eml</c>, or <c>{letter}.text.json</c> for text messages.</summary>
internal sealed class FolderCarrier(Channel channel, string folder, Settings settings, InstanceAddress address) : ILetterCarrier
{
    public Channel Channel => channel;

    public async Task CarryAsync(Letter letter, LetterContent content, CancellationToken cancellationToken)
    {
        var text = channel == Channel.Mail
            ? MailMessage.Of(letter, content, settings.Mail.From, new Uri(address.BaseUrl).Host)
            : JsonSerializer.Serialize(TextMessage.Of(letter, content), TextMessage.Json);
        var path = Path.Combine(folder, letter.Id);
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                // Letters hold secrets of links.
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // Whoever empties the folder takes the other endings, so it never sees half a letter.
            await File.WriteAllTextAsync(path + ".tmp", text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
            File.Move(path + ".tmp", path + (channel == Channel.Mail ? ".eml" : ".text.json"), overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UndeliveredException("folder", isFinal: false, e);
        }
    }
}
