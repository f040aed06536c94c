namespace SkillBadges.App.SignIn;

internal static class LocalAddress
{
    /// <summary>Where to go after signing in: a path of ours, or the start page for anything that leads elsewhere.</summary>
    public static string Or(string? address, string otherwise) =>
        address is ['/', ..] && !address.StartsWith("//", StringComparison.Ordinal) && !address.StartsWith("/\\", StringComparison.Ordinal) && !address.Any(char.IsControl)
            ? address
            : otherwise;
}
