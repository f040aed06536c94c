using System.Runtime.CompilerServices;
using SkillBadges.Core.Definitions.Files;
using SkillBadges.Core.Mastery;
using SkillBadges.Core.Storage;

namespace SkillBadges.Core.Definitions;

/// <summary>
/// The current versions as the files of a <c>badge-definitions</c> folder: what an import takes, byte for byte, so that a change can be
/// proposed, compared line by line and agreed on outside as well.
/// </summary>
public sealed class DefinitionExport(IDocumentStore store, IFileStore files)
{
    /// <summary>Scales, profiles, badges with their drawings and pictures, and stacks. A badge that was published without a picture comes without.</summary>
    public async IAsyncEnumerable<SourceFile> FilesAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var scale in (await store.CurrentScalesAsync(cancellationToken)).Values)
        {
            yield return new($"scales/{scale.Id}.json", DefinitionFile.Write(scale));
        }

        foreach (var profile in (await store.CurrentProfilesAsync(cancellationToken)).Values)
        {
            yield return new($"profiles/{profile.Slug}.json", DefinitionFile.Write(profile));
        }

        await foreach (var head in store.AllAsync(DefinitionDocuments.Heads, DefinitionDocuments.ByName.Where(), cancellationToken))
        {
            var badge = await store.VersionAsync(new(head.Document.Slug, head.Document.CurrentVersion), cancellationToken);
            var name = $"{badge.Field}/{badge.Slug}";
            yield return new($"{name}.json", DefinitionFile.Write(badge));
            foreach (var (extension, digest) in new[] { (".svg", badge.Image.Svg), (".png", badge.Image.Png) })
            {
                if (digest is { } picture)
                {
                    yield return new(name + extension, await BytesAsync(picture, cancellationToken));
                }
            }
        }

        foreach (var stack in await store.CurrentStacksAsync(cancellationToken))
        {
            yield return new($"stacks/{stack.Slug}.json", DefinitionFile.Write(stack));
        }
    }

    private async Task<byte[]> BytesAsync(Sha256Digest picture, CancellationToken cancellationToken)
    {
        await using var stream = await files.OpenAsync(picture, cancellationToken) ?? throw new InvalidOperationException($"The picture {picture.Hex} is missing from the store.");
        using var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes, cancellationToken);
        return bytes.ToArray();
    }
}
