using System.Globalization;
using System.Text;
using SkillBadges.Core.Notices;

namespace SkillBadges.App.Notices;

/// <summary>A letter in the form of mail: RFC 5322 (2008-10), text in base64 (RFC 2045), so that no line of it can be a header or end the message.</summary>
internal static class MailMessage
{
    /// <param name="letter">Its id and this host name are the Message-ID: the same however often it is sent.</param>
    /// <param name="content">To whom and what.</param>
    /// <param name="from">Our checked address.</param>
    /// <param name="host">Of our own address.</param>
    public static string Of(Letter letter, LetterContent content, string from, string host) => string.Join("\r\n",
        $"From: SkillBadges <{from}>",
        $"To: <{content.To.Address}>",
        $"Subject: {Header(content.Subject)}",
        $"Date: {letter.At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000",
        $"Message-ID: <{letter.Id}@{host}>",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: base64",
        "",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(content.Text.ReplaceLineEndings("\r\n")), Base64FormattingOptions.InsertLineBreaks),
        "");

    // RFC 2047 (1996-11) 2: an encoded word holds no line break, whatever the text holds; each has at most 75 characters.
    private static string Header(string text)
    {
        if (text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }

        var words = text.EnumerateRunes().Chunk(10).Select(runes => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Concat(runes.Select(rune => rune.ToString()))))}?=");
        return string.Join("\r\n ", words);
    }
}
