namespace SkillBadges.App.Evidence;

/// <summary>What an operation that takes a file may say of it.</summary>
internal static class ContentCodes
{
    public static readonly string[] All =
    [
        "evidence.file-type", "evidence.markup", "evidence.heic", "evidence.executable", "evidence.script", "evidence.archive", "evidence.truncated", "evidence.trailing-data", "evidence.damaged", "evidence.too-fragmented", "evidence.bomb",
        "evidence.text-encoding", "evidence.old-office",
        "evidence.image-parts", "evidence.image-header", "evidence.image-unknown-part", "evidence.image-coding", "evidence.image-empty", "evidence.image-too-large",
        "evidence.video-parts", "evidence.video-many-parts", "evidence.video-tables", "evidence.video-tracks", "evidence.video-empty", "evidence.video-header", "evidence.video-coding", "evidence.audio-parts", "evidence.audio-coding", "evidence.audio-empty", "evidence.video-external",
        "evidence.pdf-active", "evidence.office-external", "evidence.office-parts", "evidence.zip-directory", "evidence.zip-twice", "evidence.zip-gap", "evidence.zip-contradiction", "evidence.zip-packing", "evidence.zip-link",
        "evidence.macros", "evidence.nested", "evidence.zip-path", "evidence.encrypted",
        "evidence.title", "evidence.file-name", "evidence.too-many", "evidence.unknown-option", "evidence.other-kind", "definition.unknown-competency", "evidence.quota-person", "evidence.quota-organization", "file.too-large",
    ];
}
