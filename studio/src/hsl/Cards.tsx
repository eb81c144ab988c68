import { useState } from 'react';
import { Words, type Drawn } from './Bubble';
import { Taps } from './Taps';
import { isObject, numberOf, objectsOf, safeUrl, words, type Json } from './model';

const WIDTHS = ['THIN', 'MEDIUM', 'FAT', 'BIG'];

/** Cards side by side; one picture is a single card. */
export function Cards({ element, data, onChoose }: Drawn) {
  const width = WIDTHS.find((name) => name === data['width']) ?? 'MEDIUM';
  return (
    <>
      <Words text={element['text']} />
      <ul className={`cards width-${width.toLowerCase()}`} aria-label="Cards" tabIndex={0}>
        {objectsOf(data['items']).map((item, index) => (
          <li key={index} className="card">
            <Picture thumbnail={item['thumbnail']} ratio={numberOf(data['image_aspect_ratio'])} title={words(item['title'])} />
            {(item['title'] || item['sub_title'] || item['description']) ? (
              <div className="card-words" dir="auto">
                {item['title'] ? <strong>{words(item['title'])}</strong> : null}
                {item['sub_title'] ? <span>{words(item['sub_title'])}</span> : null}
                {item['description'] ? <p>{words(item['description'])}</p> : null}
              </div>
            ) : null}
            <Taps actionables={item['actionables']} kind="buttons" onChoose={onChoose} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** An aspect ratio from 1000 up means that there is no picture. */
function Picture({ thumbnail, ratio, title }: { thumbnail: Json; ratio: number; title: string }) {
  const [broken, setBroken] = useState(false);
  const url = safeUrl(isObject(thumbnail) ? thumbnail['image'] : undefined);
  if (!url || ratio >= 1000) return null;
  const isVideo = /^https:\/\/(www\.)?youtube(-nocookie)?\.com\/embed\//.test(url);
  if (isVideo || broken || !url.startsWith('https:')) {
    const label = isVideo ? 'Watch the video' : broken ? 'The picture did not load' : 'See the picture';
    return <p className="card-video"><a href={url} target="_blank" rel="noopener noreferrer">{label}</a></p>;
  }
  return (
    <img src={url} alt={title || 'Picture'} loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)}
      style={ratio > 0.2 && ratio < 5 ? { aspectRatio: String(ratio) } : undefined} />
  );
}
