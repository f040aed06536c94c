using System.Text.RegularExpressions;

namespace SkillBadges.Core.Notices;

/// <summary>How something reaches somebody outside of the pages.</summary>
public enum Channel
{
    Mail,
    Text,
}

/// <summary>A checked address: nothing in it can end a header or a command of the mail protocol.</summary>
/// <param name="Address">A mail address, or a telephone number such as <c>+15555550123</c>.</param>
public sealed partial record Destination(Channel Channel, string Address)
{
    public const int MaxLength = 254;

    /// <exception cref="RefusedException"><c>letter.address</c>.</exception>
    public static Destination Parse(Channel channel, string address) => TryParse(channel, address) ?? throw Refused.Invalid(
        "letter.address",
        channel == Channel.Mail ? "A mail address looks like ada@example.org." : "A telephone number begins with + and the country, such as +15555550123.");

    /// <summary>Null when it is none that a letter could be sent to.</summary>
    public static Destination? TryParse(Channel channel, string address)
    {
        var text = channel == Channel.Mail ? address.Trim() : address.Trim().Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return text.Length <= MaxLength && (channel == Channel.Mail ? MailForm() : TelephoneForm()).IsMatch(text) ? new(channel, text) : null;
    }

    // RFC 5321 (2008-10) 4.1.2: a dot-string and a domain; quoted local parts and address literals are not taken.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex MailForm();

    // ITU-T E.164 (2010-11): at most 15 digits.
    [GeneratedRegex(@"^\+[1-9][0-9]{7,14}\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex TelephoneForm();
}
