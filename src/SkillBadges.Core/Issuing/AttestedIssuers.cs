using System.Text.Json;
using System.Text.Json.Nodes;
using SkillBadges.Core.Issuing.Endorsements;
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
        if (await RecordOfAsync(credential, cancellationToken) is not { } recorded)
        {
            return dids;
        }

        var restored = (await keys.AllAsync(recorded.Organization, cancellationToken)).Where(key => recorded.PreparedAt < key.CompromisedSince).ToList();
        return restored.Count == 0 ? dids : new Restoring(dids, restored);
    }

    private async Task<RecordedPayload?> RecordOfAsync(ReadOnlyMemory<byte> credential, CancellationToken cancellationToken)
    {
        try
        {
            var text = credential.Span.TrimStart(" \t\r\n"u8).TrimEnd(" \t\r\n"u8);
            var content = text is [(byte)'{', ..] ? Unsecured(text) : Payload(text);
            return content.Id is { } url && address.CredentialOf(url) is { } id
                && await FindAsync(id, cancellationToken) is { } recorded
                && content.Says(recorded)
                    ? recorded
                    : null;
        }
        catch (Exception fault) when (fault is MalformedException or JsonException or RefusedException)
        {
            // Not something that we can have issued; the verifier says what is wrong with it.
            return null;
        }
    }

    private async Task<RecordedPayload?> FindAsync(CredentialId id, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(IssuanceIntentDocuments.Kind, id.Value, cancellationToken) is { } intent)
        {
            return intent.Document.State == IntentState.Completed ? intent.Document.Recorded : null;
        }

        return await store.FindAsync(EndorsementDocuments.Kind, id.Value, cancellationToken) is { Document: { State: EndorsementState.Issued } endorsement } ? endorsement.Recorded : null;
    }

    private static (string? Id, Func<RecordedPayload, bool> Says) Payload(ReadOnlySpan<byte> compact)
    {
        using var token = VcJwt.Parse(compact);
        var bytes = token.PayloadBytes;
        return (token.Payload.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String ? id.GetString() : null, recorded => bytes.Span.SequenceEqual(VcJwtPayload.Write(recorded.Bytes, VcJwtProfile.OpenBadges)));
    }

    private static (string? Id, Func<RecordedPayload, bool> Says) Unsecured(ReadOnlySpan<byte> json)
    {
        // JsonNode finds some faults only when a member is read, with exceptions of other kinds.
        StrictJson.ParseObject(json.ToArray()).Dispose();
        var document = JsonNode.Parse(json, documentOptions: new() { MaxDepth = 32, AllowDuplicateProperties = false })!.AsObject();
        document.Remove("proof");
        var id = document["id"] is JsonValue value && value.TryGetValue<string>(out var url) ? url : null;
        return (id, recorded => JsonNode.DeepEquals(document, JsonNode.Parse(recorded.Bytes.Span)));
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
