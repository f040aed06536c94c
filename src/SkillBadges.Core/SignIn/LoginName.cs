using System.Text;

namespace SkillBadges.Core.SignIn;

/// <summary>What somebody types to say who they are: an e-mail address or a user name, in any case of letters.</summary>
public readonly record struct LoginName
{
    public const int MinLength = 3;
    public const int MaxLength = 200;

    private LoginName(string text) => Text = text;

    public string Text { get; }

    /// <summary>Stands for the name where the name itself must not: in ids, paths and messages. 64 hexadecimal digits.</summary>
    public string Hash => HashOf(Text);

    /// <exception cref="RefusedException"><c>account.login-name</c>.</exception>
    public static LoginName Parse(string text)
    {
        var name = Normalize(text);
        return name.Length is >= MinLength and <= MaxLength && name.All(c => c is > ' ' and < '\u007f' and not '"' and not '<' and not '>' || char.IsLetterOrDigit(c))
            ? new(name)
            : throw Refused.Invalid("account.login-name", $"A login name has {MinLength} to {MaxLength} letters, digits and signs without spaces: an e-mail address or a user name.");
    }

    /// <summary>As <see cref="Hash"/>, of whatever was typed: a name that cannot exist is looked up like any other.</summary>
    public static string HashOf(string typed) => Sha256Digest.Of(Encoding.UTF8.GetBytes(Normalize(typed))).Hex;

    private static string Normalize(string text) => text.Trim().Normalize(NormalizationForm.FormKC).ToLowerInvariant();
}
