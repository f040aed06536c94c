using System.Text.RegularExpressions;

namespace SkillBadges.Core.Organizations;

/// <summary>What a school says of itself on transcripts, for readers who do not know it.</summary>
/// <param name="Text">Up to 4,000 characters; lines may break. Empty for nothing.</param>
/// <param name="PoliciesAt">Where its policies on grading and credit can be read; https.</param>
public sealed partial record SchoolProfile(string Text, string? PoliciesAt = null)
{
    public const int MaxTextLength = 4_000;
    public const int MaxAddressLength = 500;

    /// <exception cref="RefusedException"><c>setting.profile</c>.</exception>
    public SchoolProfile Checked() => PoliciesAt is null
        || (PoliciesAt.Length <= MaxAddressLength && AddressForm().IsMatch(PoliciesAt) && Uri.TryCreate(PoliciesAt, UriKind.Absolute, out var address) && address.UserInfo.Length == 0)
        ? this with { Text = DisplayText.Optional(Text, MaxTextLength, "setting.profile") ?? "" }
        : throw Refused.Invalid("setting.profile", $"The address of the policies begins with https:// and has at most {MaxAddressLength} characters.");

    [GeneratedRegex(@"^https://[!-~]+\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex AddressForm();
}
