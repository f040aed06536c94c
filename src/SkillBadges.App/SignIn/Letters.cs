using System.Text;
using SkillBadges.Core;

namespace SkillBadges.App.SignIn;

/// <summary>Letters as files (RFC 5322, 2008-10) in a folder that a mail server empties.</summary>
internal static class Letters
{
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="to">A mail address; a login name holds no spaces or line breaks.</param>
    /// <param name="subject">ASCII.</param>
    /// <param name="text">Any text.</param>
    /// <param name="cancellationToken">Stops before the file has its name.</param>
    public static async Task PutAsync(string folder, string to, string subject, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);
        var letter = $"To: <{to}>\r\nSubject: {subject}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n";
        var path = Path.Combine(folder, NewId.Random());

        // A mail server takes *.eml, so it never sees half a letter.
        await File.WriteAllTextAsync(path + ".tmp", letter, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        File.Move(path + ".tmp", path + ".eml");
    }
}
