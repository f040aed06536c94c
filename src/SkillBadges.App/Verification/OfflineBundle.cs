using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SkillBadges.Core;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Verification;

namespace SkillBadges.App.Verification;

/// <summary>
/// DID documents and status lists in a folder, so that credentials can be checked with the network cable out: <c>dids/*.json</c> and
/// <c>status-lists/*</c>, each found by the id inside it. The issuers of the folder count as known; a status list counts only by its own signature.
/// </summary>
internal sealed class OfflineBundle : IDidResolver
{
    private const long MaxFileBytes = 1024 * 1024;

    private readonly Dictionary<string, byte[]> documents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> lists = new(StringComparer.Ordinal);

    public ImmutableArray<string> Issuers => [.. documents.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="RefusedException"><c>verify.bundle</c>: no such folder, or a file in it that is neither.</exception>
    public static async Task<OfflineBundle> OpenAsync(string folder, CancellationToken cancellationToken)
    {
        var bundle = new OfflineBundle();
        foreach (var (file, bytes) in await FilesAsync(Path.Combine(folder, "dids"), cancellationToken))
        {
            bundle.documents[IdOf(file, bytes)] = bytes;
        }

        foreach (var (file, bytes) in await FilesAsync(Path.Combine(folder, "status-lists"), cancellationToken))
        {
            bundle.lists[IdOf(file, bytes)] = bytes;
        }

        return bundle;
    }

    public ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken)
    {
        if (did.StartsWith(DidKey.Prefix, StringComparison.Ordinal))
        {
            return new DidResolver((_, _) => ValueTask.FromResult(Fetched.NotAllowed), []).ResolveAsync(did, cancellationToken);
        }

        try
        {
            return ValueTask.FromResult(documents.TryGetValue(did, out var bytes)
                ? DidResolution.Resolved(DidDocument.Read(bytes, did))
                : DidResolution.Failed(DidResolutionStatus.Unreachable));
        }
        catch (MalformedException fault)
        {
            return ValueTask.FromResult(DidResolution.Malformed(fault.Code));
        }
    }

    public ValueTask<Fetched> FetchStatusListAsync(Uri url, CancellationToken cancellationToken) =>
        ValueTask.FromResult(lists.TryGetValue(url.OriginalString, out var bytes) ? Fetched.Found(bytes) : Fetched.Unreachable);

    public ValueTask<TrustedIssuer?> KnownAsync(string issuer, CancellationToken cancellationToken) =>
        ValueTask.FromResult(documents.ContainsKey(issuer) ? new TrustedIssuer(issuer, []) : null);

    private static async Task<IReadOnlyList<(string File, byte[] Bytes)>> FilesAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw Refused.Invalid("verify.bundle", $"There is no folder {folder}.");
        }

        var files = new List<(string, byte[])>();
        foreach (var file in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Where(file => new FileInfo(file).Length <= MaxFileBytes))
        {
            files.Add((file, await File.ReadAllBytesAsync(file, cancellationToken)));
        }

        return files;
    }

    // The id inside JSON, or inside the payload of a JWT.
    private static string IdOf(string file, byte[] bytes)
    {
        try
        {
            var json = bytes;
            if (bytes is [not (byte)'{', ..] && Encoding.ASCII.GetString(bytes).Trim().Split('.') is [_, var payload, _])
            {
                json = System.Buffers.Text.Base64Url.DecodeFromChars(payload);
            }

            using var document = JsonDocument.Parse(json);
            return document.RootElement.GetProperty("id").GetString() ?? throw NotOurs(file);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw NotOurs(file);
        }
    }

    private static RefusedException NotOurs(string file) => Refused.Invalid("verify.bundle", $"{file} is neither a DID document nor a status list.");
}
