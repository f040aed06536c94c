using System.Collections.Immutable;
using SkillBadges.Credentials.Dids;

namespace SkillBadges.Credentials.Verification;

/// <summary>
/// Finds the keys that may have signed for an identifier: those in its own document, listed for the purpose, and those that are
/// trusted locally. What a signature says about its key only ever chooses among these.
/// </summary>
/// <param name="isUnbound">The owner is whoever the key id names: see <see cref="VerifierPorts.KeysNeedNotBeTheIssuers"/>.</param>
internal sealed class KeyBinding(IDidResolver dids, bool isUnbound)
{
    internal const string KeyMismatch = "issuer-key-mismatch";

    /// <summary>Without a key id every key of the issuer is tried; more than this many are not.</summary>
    private const int MostCandidates = 16;

    /// <param name="owner">Whose keys count: the credential's issuer, or a presentation's holder.</param>
    /// <param name="keyId">What the signature names: <c>{owner}#fragment</c>, <c>#fragment</c> or nothing.</param>
    internal async ValueTask<KeyBindingResult> BindAsync(
        string owner, TrustedIssuer? trusted, string? keyId, bool forAssertion, CancellationToken cancellationToken)
    {
        if (isUnbound && keyId?.IndexOf('#', StringComparison.Ordinal) is > 0 and var end)
        {
            owner = keyId[..end];
        }

        var known = trusted?.Keys ?? [];
        var pinned = keyId is null ? known : [.. known.Where(method => method.Id == keyId)];
        var own = keyId is null ? null : Absolute(owner, keyId);
        if (keyId is not null && own is null)
        {
            return pinned.Length > 0
                ? KeyBindingResult.Found(pinned)
                : KeyBindingResult.Refused(KeyMismatch, "The signature names a key that is not one of the issuer's own.");
        }

        var resolution = await dids.ResolveAsync(owner, cancellationToken).ConfigureAwait(false);
        if (resolution.Document is { } document)
        {
            return Choose(document, own, forAssertion, known, pinned);
        }

        return pinned.Length > 0 ? KeyBindingResult.Found(pinned) : OutOfReach(resolution);
    }

    private static KeyBindingResult Choose(
        DidDocument document, string? keyId, bool forAssertion, ImmutableArray<VerificationMethod> known, ImmutableArray<VerificationMethod> pinned)
    {
        var listed = forAssertion ? document.ForAssertion : document.ForAuthentication;
        var published = listed.Where(method => keyId is null || method.Id == keyId).Select(method => WithLocalWord(method, known));
        List<VerificationMethod> chosen = [.. published.Concat(pinned).DistinctBy(method => method.Key)];
        if (chosen.Count > MostCandidates)
        {
            return KeyBindingResult.Unsettled("key-not-named", "The signature does not say which of the issuer's many keys made it.");
        }

        if (chosen.Count > 0)
        {
            return KeyBindingResult.Found([.. chosen]);
        }

        if (document.Methods.Any(method => keyId is null || method.Id == keyId))
        {
            return KeyBindingResult.Refused("key-not-for-this", "The issuer does not list that key for signing credentials.");
        }

        return document.Unusable.Any(method => (keyId is null || method.Id == keyId) && method.Code == "key.unsupported")
            ? KeyBindingResult.Unsettled("key-unsupported", "The issuer's key is of a kind that is not supported here.")
            : KeyBindingResult.Refused(KeyMismatch, "The signature names a key that the issuer does not publish.");
    }

    /// <summary>Whoever runs the verifier may have heard of a compromise before the issuer's document says so.</summary>
    private static VerificationMethod WithLocalWord(VerificationMethod method, ImmutableArray<VerificationMethod> known)
    {
        var word = known.FirstOrDefault(local => local.Revoked is not null && local.Key.Equals(method.Key));
        return word is null || method.Revoked <= word.Revoked ? method : method with { Revoked = word.Revoked };
    }

    /// <summary>The key id under its owner, or null when it lies under another identifier.</summary>
    private static string? Absolute(string owner, string keyId)
    {
        if (keyId.StartsWith(owner + "#", StringComparison.Ordinal))
        {
            return keyId;
        }

        if (keyId.StartsWith('#'))
        {
            return owner + keyId;
        }

        // A bare fragment, as some issuers write; anything with a scheme is another's.
        return keyId.AsSpan().IndexOfAny(":/?#") < 0 ? $"{owner}#{keyId}" : null;
    }

    private static KeyBindingResult OutOfReach(DidResolution resolution) => resolution.Status switch
    {
        DidResolutionStatus.NotFound =>
            KeyBindingResult.Unsettled("issuer-not-found", "The issuer's keys are not where its identifier says."),
        DidResolutionStatus.NotAllowed =>
            KeyBindingResult.Unsettled("issuer-not-allowed", "Our settings do not let us ask the issuer's host for its keys."),
        DidResolutionStatus.MethodNotSupported =>
            KeyBindingResult.Unsettled("issuer-method-unsupported", "The issuer's kind of identifier does not lead to its keys here."),
        DidResolutionStatus.Malformed when resolution.Code is not ("did.malformed" or "key.malformed" or "key.too-weak") =>
            KeyBindingResult.Unsettled("issuer-document-unusable", "What the issuer's host says about its keys cannot be used."),
        DidResolutionStatus.Malformed =>
            KeyBindingResult.Refused("issuer-id-malformed", "The issuer's identifier breaks the rules for its kind."),
        _ => KeyBindingResult.Unsettled("issuer-unreachable", "The issuer's host could not be reached for its keys."),
    };
}

/// <summary>The keys that may have signed, or why there are none.</summary>
/// <param name="Outcome">Passed, Failed or Unknown.</param>
internal sealed record KeyBindingResult(ImmutableArray<VerificationMethod> Keys, CheckOutcome Outcome, string Code, string Sentence)
{
    internal static KeyBindingResult Found(ImmutableArray<VerificationMethod> keys) =>
        new(keys, CheckOutcome.Passed, VerificationCheck.Ok, "The key is one of the issuer's own.");

    internal static KeyBindingResult Refused(string code, string sentence) => new([], CheckOutcome.Failed, code, sentence);

    internal static KeyBindingResult Unsettled(string code, string sentence) => new([], CheckOutcome.Unknown, code, sentence);
}
