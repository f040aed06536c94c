namespace SkillBadges.Core.Issuing;

/// <summary>A signer gave back something that our own verifier does not accept. It was thrown away; the intent stays open.</summary>
public sealed class UnsoundSignatureException(string keyId, string code)
    : InvalidOperationException($"What was signed with {keyId} does not verify ({code}); it was thrown away.")
{
    public string KeyId { get; } = keyId;

    public string Code { get; } = code;
}
