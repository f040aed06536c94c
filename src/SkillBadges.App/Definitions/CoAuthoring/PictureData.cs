namespace SkillBadges.App.Definitions.CoAuthoring;

/// <summary>A picture that nobody but its authors sees yet, inside the page itself. In an <c>img</c> no drawing runs a script or asks for anything.</summary>
internal static class PictureData
{
    private const byte PngBegin = 0x89;

    public static string? Of(byte[]? picture) => picture is not { Length: > 0 } ? null : $"data:{(picture[0] == PngBegin ? "image/png" : "image/svg+xml")};base64,{Convert.ToBase64String(picture)}";
}
