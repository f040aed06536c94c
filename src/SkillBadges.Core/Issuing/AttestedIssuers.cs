using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Issuing.Keys;
using SkillBadges.Core.Organizations;
using SkillBadges.Core.Storage;
using SkillBadges.Credentials;
using SkillBadges.Credentials.Dids;
using SkillBadges.Credentials.Proofs;

namespace SkillBadges.Core.Issuing;

/// <summary>
/// A compromised key counts for nothing, with one exception: what this instance knows that it decided to issue, word for word, before the key was
/// compromised. A date inside a credential says nothing about that, since whoever has the key writes the date; our own record does.
/// </summary>
public sealed class AttestedIssuers(IDocumentStore store, IssuerKeys keys, InstanceAddress address)
{
    /// <summary>How DIDs resolve for the verification of this one credential: as <paramref name="dids"/> says, or with the compromised key of its issuer restored.</summary>
    public async Task<IDidResolver> ForAsync(ReadOnlyMemory<byte> credential, IDidResolver dids, CancellationToken cancellationToken)
    {
        if (await IntentOfAsync(credential, cancellationToken) is not { } intent)
        {
            return dids;
        }

        var restored = (await keys.AllAsync(intent.Organization, cancellationToken)).Where(key => intent.PreparedAt < key.CompromisedSince).ToList();
        return restored.Count == 0 ? dids : new Restoring(dids, restored);
    }

    private async Task<IssuanceIntent?> IntentOfAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken)
    {
        try
        {
            var text = credential.Span.TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n"u8);
            var content = text is [(byte)'{', ..] ? Unsecured(text) : Payload(text);
            return content.Id is { } url && address.CredentialOf(url) is { } id
                && await store.FindAsync(IssuanceIntentDocuments.Kind, id.Value, cancellationToken) is { Document: { State: IntentState.Completed } intent }
                && content.Says(intent)
                    ? intent
                    : null;
        }
        catch (Exception fault) when (fault is MalformedException or JsonException or RefusedException)
        {
            // Not something that we can have issued; the verifier says what is wrong with it.
            return null;
        }
    }

    private static (string? Id, Func<IssuanceIntent, bool> Says) Payload(ReadOnlySpan<byte> compact)
    {
        using var token = VcJwt.Parse(compact);
        var bytes = token.PayloadBytes;
        return (token.Payload.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null, intent => bytes.Span.SequenceEqual(VcJwtPayload.Write(intent.PayloadBytes, VcJwtProfile.OpenBadges)));
    }

    private static (string? Id, Func<IssuanceIntent, bool> Says) Unsecured(ReadOnlySpan<byte> json)
    {
        // JsonNode finds some faults only when a member is read, with exceptions of other kinds.
        StrictJson.ParseObject(json.ToArray()).Dispose();
        var document = JsonNode.Parse(json, documentOptions: new() { MaxDepth = 32, AllowDuplicateProperties = false })!.AsObject();
        document.Remove("proof");
        var id = document["id"] is JsonValue value && value.TryGetValue<string>(out var url) ? url : null;
        return (id, intent => JsonNode.DeepEquals(document, JsonNode.Parse(Encoding.UTF8.GetBytes(intent.Payload))));
    }

    private sealed class Restoring(IDidResolver dids, IReadOnlyList<IssuerKey> restored) : IDidResolver
    {
        public async ValueTask<DidResolution> ResolveAsync(string did, CancellationToken cancellationToken)
        {
            var resolution = await dids.ResolveAsync(did, cancellationToken);
            if (resolution.Document is not { } document)
            {
                return resolution;
            }

            var methods = restored.Select(key => VerificationMethod.For(did, key.Public(), revoked: null)).ToDictionary(method => method.Id);
            return document.Methods.Any(method => methods.ContainsKey(method.Id))
                ? DidResolution.Resolved(document with
                {
                    Methods = [.. document.Methods.Select(method => methods.GetValueOrDefault(method.Id, method))],
                    AssertionMethods = document.AssertionMethods.Union(methods.Keys),
                })
                : resolution;
        }
    }
}
