using SkillBadges.Core.Definitions;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Baking;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// A badge's picture with the signed credential inside. The JSON form goes in: it says what it is to whoever opens the file, and validators in use take it
/// from both kinds of image.
/// </summary>
public sealed class BakedBadge(IDocumentStore store, IFileStore files)
{
    /// <summary>The form (<see cref="SignedForm.Name"/>) that images carry.</summary>
    public const string Form = SignedForm.EddsaRdfc2022;

    /// <summary>The picture of the very version that was awarded, as PNG or SVG, holding <paramref name="credential"/>.</summary>
    /// <exception cref="RefusedException">
    /// <c>credential.no-picture</c>: the badge has no picture of this kind, or one that cannot hold a credential; <c>file.corrupt</c>.
    /// </exception>
    public async Task<byte[]> BakeAsync(BadgeVersionId badge, SignedForm credential, ImageKind kind, CancellationToken cancellationToken)
    {
        var image = (await store.VersionAsync(badge, cancellationToken)).Image;
        var digest = kind == ImageKind.Png ? image.Png : image.Svg;
        await using var picture = digest is null ? null : await files.OpenAsync(digest.Value, cancellationToken);
        if (picture is null)
        {
            throw NoPicture(null);
        }

        using var bytes = new MemoryStream();
        await picture.CopyToAsync(bytes, cancellationToken);
        try
        {
            return kind == ImageKind.Png
                ? PngBaking.Bake(bytes.ToArray(), credential.Text, BakedKind.OpenBadge)
                : SvgBaking.Bake(bytes.ToArray(), credential.Text, BakedKind.OpenBadge);
        }
        catch (MalformedException fault)
        {
            throw NoPicture(fault);
        }
    }

    private static RefusedException NoPicture(MalformedException? fault) => new(
        RefusalKind.NotFound, "credential.no-picture", "The badge has no picture of this kind that could hold the credential; please take another form.", fault);
}
